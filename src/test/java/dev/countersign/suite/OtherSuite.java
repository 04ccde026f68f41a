package dev.countersign.suite;

import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All tests in the process that need no service of Quarkus. */
@Suite
@SelectPackages("dev.countersign")
@IncludeClassNamePatterns(".*Test")
@ExcludeTags("io.quarkus.test.junit.QuarkusTest")
class OtherSuite {}
