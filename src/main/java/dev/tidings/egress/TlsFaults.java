package dev.tidings.egress;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** Says what was wrong with a receiver's TLS, so that its people know what to mend. */
final class TlsFaults {
    private TlsFaults() {}

    static String sentence(SSLException failure, Target target, EgressConfig config) {
        String certificate = "The certificate of " + target.host();
        if (Causes.find(failure, SslHandshakeTimeoutException.class) != null) {
            return "The TLS handshake with " + target + " did not end within "
                    + Faults.seconds(config.connectTimeout().toMillis());
        }
        if (Causes.find(failure, NotSslRecordException.class) != null) {
            return target + " does not speak TLS";
        }
        if (Causes.find(failure, CertificateExpiredException.class) != null) {
            return certificate + " has expired";
        }
        if (Causes.find(failure, CertificateNotYetValidException.class) != null) {
            return certificate + " is not valid yet";
        }
        if (Causes.find(failure, CertPathBuilderException.class) != null) {
            return certificate + " is not trusted: no certificate authority that is known here has issued it"
                    + " (is an intermediate certificate missing?)";
        }
        if (Causes.find(failure, CertPathValidatorException.class) != null) {
            return certificate + " is not trusted: " + Causes.reason(failure);
        }
        if (Causes.find(failure, CertificateException.class) != null) {
            return certificate + " is not for that name: " + Causes.reason(failure);
        }
        return "The TLS handshake with " + target + " failed: " + Causes.reason(failure);
    }
}
