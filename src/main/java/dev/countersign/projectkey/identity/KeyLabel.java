package dev.countersign.projectkey.identity;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Static helper: generates labels for client keys that are created without one: two words, such as {@code Quiet Heron}. */
final class KeyLabel {

    private static final List<String> ADJECTIVES = List.of(
            "Amber",
            "Ample",
            "Ancient",
            "Autumn",
            "Azure",
            "Bold",
            "Brave",
            "Bright",
            "Brisk",
            "Calm",
            "Candid",
            "Careful",
            "Cheerful",
            "Clear",
            "Clever",
            "Copper",
            "Coral",
            "Cosmic",
            "Crimson",
            "Crisp",
            "Curious",
            "Daring",
            "Distant",
            "Eager",
            "Early",
            "Earnest",
            "Fair",
            "Faithful",
            "Gentle",
            "Golden",
            "Graceful",
            "Happy",
            "Hardy",
            "Honest",
            "Humble",
            "Ivory",
            "Jolly",
            "Keen",
            "Kind",
            "Lively",
            "Lucid",
            "Lucky",
            "Mellow",
            "Merry",
            "Mighty",
            "Modest",
            "Nimble",
            "Noble",
            "Patient",
            "Placid",
            "Polite",
            "Proud",
            "Quick",
            "Quiet",
            "Rapid",
            "Ready",
            "Royal",
            "Rustic",
            "Scarlet",
            "Sharp",
            "Silent",
            "Silver",
            "Sincere",
            "Smooth",
            "Solid",
            "Spry",
            "Steady",
            "Sturdy",
            "Sunny",
            "Swift",
            "Tender",
            "Tidy",
            "Trusty",
            "Upbeat",
            "Vivid",
            "Warm",
            "Willing",
            "Winter",
            "Wise",
            "Witty");
    private static final List<String> ANIMALS = List.of(
            "Badger", "Bat", "Bear", "Beaver", "Bison", "Bobcat", "Buffalo", "Bunting", "Caribou", "Cobra", "Condor",
            "Cougar", "Crane", "Cricket", "Deer", "Dingo", "Dolphin", "Donkey", "Eagle", "Egret", "Elk", "Falcon",
            "Ferret", "Finch", "Fox", "Gazelle", "Gecko", "Gopher", "Hare", "Hawk", "Heron", "Hornet", "Ibex", "Ibis",
            "Impala", "Jackal", "Jaguar", "Koala", "Lark", "Lemur", "Leopard", "Lion", "Lizard", "Llama", "Lobster",
            "Lynx", "Magpie", "Marmot", "Marten", "Mole", "Moose", "Newt", "Ocelot", "Orca", "Oriole", "Osprey",
            "Otter", "Owl", "Panther", "Pelican", "Penguin", "Pigeon", "Puffin", "Puma", "Quail", "Rabbit", "Raven",
            "Robin", "Salmon", "Seal", "Shark", "Sparrow", "Squid", "Stork", "Swan", "Tapir", "Tiger", "Toucan",
            "Walrus", "Wombat");

    private KeyLabel() {}

    /** Generates a label. Labels need not be unique. */
    static String generate() {
        return pick(ADJECTIVES) + " " + pick(ANIMALS);
    }

    private static String pick(List<String> words) {
        return words.get(ThreadLocalRandom.current().nextInt(words.size()));
    }
}
