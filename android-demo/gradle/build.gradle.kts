// NOT RUN HERE: there is no Android SDK on the machines of this project's tests. For people who have it, with the NDK (r28 or
// later) and cargo-ndk: `bindings/kotlin/generate`, then Gradle in this folder. The same sources as Maven's build, which is the one
// that is tested; what is shrunk away here is not.
plugins {
    id("com.android.application") version "8.9.0"
    id("com.android.library") version "8.9.0" apply false
    id("org.jetbrains.kotlin.android") version "2.2.21"
}

android {
    namespace = "org.walletcore.demo"
    compileSdk = 35
    defaultConfig {
        applicationId = "org.walletcore.demo"
        minSdk = 28
        targetSdk = 34
        versionCode = 1
        versionName = "0.1.0"
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64") }
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_1_8
        targetCompatibility = JavaVersion.VERSION_1_8
    }
    buildTypes {
        release {
            isMinifyEnabled = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"))
        }
    }
    sourceSets["main"].apply {
        manifest.srcFile("../src/main/AndroidManifest.xml")
        kotlin.srcDirs("../src/main/kotlin")
        res.srcDirs("../src/main/res")
        assets.srcDirs("../src/main/assets")
    }
}

dependencies {
    implementation(project(":wallet-android"))
    implementation("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.11.0")
}
