// NOT RUN HERE: there is no Android SDK on the machines of this project's tests. For people who have it, with the NDK (r28 or
// later) and cargo-ndk: `bindings/kotlin/generate`, then Gradle in this folder. Maven's build beside it is the one that is tested.
plugins {
    id("com.android.library") version "8.9.0"
    id("org.jetbrains.kotlin.android") version "2.2.21"
}

android {
    namespace = "org.walletcore.android"
    compileSdk = 35
    defaultConfig {
        minSdk = 28
        consumerProguardFiles("../wallet-android/proguard.txt")
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64") }
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_1_8
        targetCompatibility = JavaVersion.VERSION_1_8
    }
    sourceSets["main"].apply {
        manifest.srcFile("../wallet-android/src/main/AndroidManifest.xml")
        kotlin.srcDirs("../generated/org", "../wallet-jvm/src/main/kotlin", "../wallet-android/src/main/kotlin")
        jniLibs.srcDir(layout.buildDirectory.dir("jni"))
    }
}

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.11.0")
    implementation("net.java.dev.jna:jna:5.19.1@aar")
    implementation("com.google.zxing:core:3.5.4")
}

val core = tasks.register<Exec>("core") {
    workingDir = file("../../..")
    commandLine(
        "cargo", "ndk", "-t", "arm64-v8a", "-t", "armeabi-v7a", "-t", "x86_64", "-P", "28",
        "-o", layout.buildDirectory.dir("jni").get().asFile.path, "build", "--release", "--locked", "-p", "wallet-bindings",
    )
}
tasks.named("preBuild") { dependsOn(core) }
