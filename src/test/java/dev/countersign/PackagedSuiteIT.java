package dev.countersign;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of the package that share the one service of Quarkus. */
@Suite(failIfNoTests = false) // a profile may choose none
@SelectPackages("dev.countersign")
@IncludeClassNamePatterns(".*IT")
@IncludeEngines("junit-jupiter")
@IncludeTags("io.quarkus.test.junit.QuarkusTest")
class PackagedSuiteIT {}
