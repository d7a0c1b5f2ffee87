package org.walletcore.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Which classes are marked as for a newer API. What lies in a marked class is marked, too: Kotlin makes classes of lambdas
 * and of functions that suspend.
 */
final class Marks {
    private final List<String> descriptors;

    Marks(String names) {
        descriptors = Arrays.stream(names.split(",")).map(name -> "L" + name.replace('.', '/') + ";").collect(Collectors.toList());
    }

    List<File> unmarked(File folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.toPath())) {
            return files.map(Path::toFile)
                    .filter(file -> file.getName().endsWith(".class") && !isMarked(outermost(file)))
                    .collect(Collectors.toList());
        }
    }

    private static File outermost(File file) {
        String name = file.getName();
        int inner = name.indexOf('$');
        return inner < 0 ? file : new File(file.getParentFile(), name.substring(0, inner) + ".class");
    }

    private boolean isMarked(File file) {
        boolean[] marked = {false};
        try {
            new ClassReader(Files.readAllBytes(file.toPath())).accept(new ClassVisitor(Opcodes.ASM9) {
                @Override public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                    marked[0] |= descriptors.contains(descriptor);
                    return null;
                }
            }, ClassReader.SKIP_CODE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return marked[0];
    }
}
