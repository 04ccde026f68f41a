package dev.countersign.loader.sdk;

/**
 * Holds a file of the folder of the SDK as it was at start.
 *
 * @param path the absolute path, without symbolic links
 * @param bytes the size
 * @param integrity its SHA-384 hash, such as {@code sha384-oqVu...}, for the attribute {@code integrity} of a tag
 */
record SdkFile(String path, long bytes, String integrity) {}
