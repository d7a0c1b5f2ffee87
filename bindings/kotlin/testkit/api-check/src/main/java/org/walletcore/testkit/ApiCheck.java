package org.walletcore.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.mojo.animal_sniffer.SignatureBuilder;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.PrintWriterLogger;

/**
 * Refuses classes that call what a phone of some API level does not have, or what Android hides.
 *
 * <p>Arguments: the known API (signature files, separated as a class path; the later wins); the class path less the framework; the marks
 * to pass over (names of annotations, separated by commas, or "-"); then the folders of the classes to check.
 *
 * <p>Our own classes and the class path belong to what is known, so that a call on a subclass of ours is followed up to
 * the framework's class that it reaches.
 */
public final class ApiCheck {
    private static final PrintWriterLogger LOG = new PrintWriterLogger(System.out);

    private ApiCheck() {}

    public static void main(String[] arguments) throws Exception {
        String[] apis = arguments[0].split(File.pathSeparator);
        List<String> classes = Arrays.asList(arguments).subList(3, arguments.length);
        SignatureChecker checker =
                new SignatureChecker(new ByteArrayInputStream(known(apis, arguments[1], classes)), new HashSet<String>(), LOG);
        if (!arguments[2].equals("-")) checker.setAnnotationTypes(Arrays.asList(arguments[2].split(",")));
        checker.setSourcePath(new ArrayList<File>());
        Marks marks = new Marks(arguments[2]);
        for (String one : classes) for (File file : marks.unmarked(new File(one))) checker.process(file);
        String against = new File(apis[apis.length - 1]).getName() + " (" + apis.length + ")";
        if (checker.isSignatureBroken()) {
            System.err.println("ApiCheck: the calls above are not in " + against);
            System.exit(1);
        }
        System.out.println("ApiCheck: nothing outside " + against + ", passed over " + arguments[2]);
    }

    private static byte[] known(String[] apis, String classPath, List<String> classes) throws IOException {
        InputStream[] signatures = new InputStream[apis.length];
        for (int i = 0; i < apis.length; i++) signatures[i] = new FileInputStream(apis[i]);
        Set<String> ours = new HashSet<>(classes);
        for (String entry : classPath.split(File.pathSeparator)) if (!entry.contains("android-all")) ours.add(entry);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        SignatureBuilder builder = new SignatureBuilder(signatures, all, LOG);
        for (String entry : ours) builder.process(new File(entry));
        builder.close();
        return all.toByteArray();
    }
}
