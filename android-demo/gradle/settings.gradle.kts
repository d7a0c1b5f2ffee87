// Not run here: see build.gradle.kts.
pluginManagement { repositories { google(); mavenCentral(); gradlePluginPortal() } }
dependencyResolutionManagement { repositories { google(); mavenCentral() } }
rootProject.name = "android-demo"
include(":wallet-android")
project(":wallet-android").projectDir = file("../../bindings/kotlin/gradle")
