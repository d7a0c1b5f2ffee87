import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Java8Api OUT.jar: the class library's signatures as of Java 8, out of the JDK's own ct.sym.
 *
 * <p>For ProGuard 6, which reads class files up to Java 13: the number of the version in each file is set to Java 8's. Without them the
 * shrinker cannot see what overrides `Object` or `Runnable`, since the framework's jar has next to no `java.*`.
 */
public class Java8Api {
    private static final int VERSION_LOW_BYTE = 7;
    private static final byte JAVA_8 = 52;

    public static void main(String[] arguments) throws IOException {
        Set<String> seen = new HashSet<>();
        try (ZipFile in = new ZipFile(Paths.get(System.getProperty("java.home"), "lib", "ct.sym").toFile());
                ZipOutputStream out = new ZipOutputStream(new FileOutputStream(arguments[0]))) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                String[] path = entry.getName().split("/", 3); // releases, module, class
                if (path.length < 3 || !path[0].contains("8") || !path[2].matches("javax?/.*\\.sig")) continue;
                String name = path[2].replaceFirst("sig$", "class");
                if (name.startsWith("java/awt/") || name.startsWith("javax/swing/") || !seen.add(name)) continue;
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                bytes[VERSION_LOW_BYTE - 1] = 0;
                bytes[VERSION_LOW_BYTE] = JAVA_8;
                out.putNextEntry(new ZipEntry(name));
                out.write(bytes);
            }
        }
    }
}
