package org.walletcore.testkit;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.codehaus.mojo.animal_sniffer.SignatureBuilder;
import org.codehaus.mojo.animal_sniffer.logging.PrintWriterLogger;

/** Makes a signature file for {@link ApiCheck} from a framework's jar, hidden parts included: FROM.jar TO.signature. */
public final class Signatures {
    private Signatures() {}

    public static void main(String[] arguments) throws IOException {
        File to = new File(arguments[1]);
        if (to.exists()) return;
        File part = new File(to.getPath() + ".part");
        try (OutputStream out = new FileOutputStream(part)) {
            SignatureBuilder builder = new SignatureBuilder(new InputStream[0], out, new PrintWriterLogger(System.out));
            builder.process(new File(arguments[0]));
            builder.close();
        }
        if (!part.renameTo(to)) throw new IOException("cannot rename " + part);
    }
}
