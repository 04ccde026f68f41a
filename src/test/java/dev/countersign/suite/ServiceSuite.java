package dev.countersign.suite;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests that share one service in their process. Quarkus gives them the tag. */
@Suite
@SelectPackages("dev.countersign")
@IncludeClassNamePatterns(".*Test")
@IncludeTags("io.quarkus.test.junit.QuarkusTest")
class ServiceSuite {}
