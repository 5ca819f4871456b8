package dev.tidings.webhook;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys from PEM (RFC 7468). */
public final class Certificates {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private Certificates() {}

    /** {@link CertificateException}, whose message says what is wrong, where the text holds anything else. */
    static List<X509Certificate> read(String pem) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(pem);
        int end = 0;
        while (matcher.find()) {
            if (!matcher.group(1).equals("CERTIFICATE")
                    || !pem.substring(end, matcher.start()).isBlank()) {
                throw new CertificateException("must hold PEM certificates and nothing else");
            }
            certificates.add(certificate(matcher.group(), certificates.size() + 1));
            end = matcher.end();
        }
        if (certificates.isEmpty() || !pem.substring(end).isBlank()) {
            throw new CertificateException("must be PEM certificates: -----BEGIN CERTIFICATE----- …");
        }
        return certificates;
    }

    private static X509Certificate certificate(String block, int number) throws CertificateException {
        try {
            var in = new ByteArrayInputStream(block.getBytes(StandardCharsets.US_ASCII));
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (CertificateException e) {
            throw new CertificateException("certificate " + number + " can't be read");
        }
    }

    /** Those of a text that was checked. */
    public static List<X509Certificate> checked(String pem) {
        try {
            return pem.isEmpty() ? List.of() : read(pem);
        } catch (CertificateException e) {
            throw new IllegalStateException("the certificates of a webhook can't be read", e);
        }
    }

    static List<Instant> ends(String pem) {
        return checked(pem).stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .toList();
    }

    /** The private half of that public key. {@link GeneralSecurityException} without a part of it: it is none. */
    public static PrivateKey privateKey(String pem, PublicKey half) throws GeneralSecurityException {
        Matcher matcher = BLOCK.matcher(pem.strip());
        if (!matcher.matches() || !matcher.group(1).equals("PRIVATE KEY")) {
            throw new GeneralSecurityException("not a PKCS #8 key");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
            String kind = half.getAlgorithm().equals("EdDSA") ? "Ed25519" : half.getAlgorithm();
            return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not Base64");
        }
    }

    /** Whether what the one signs, the other verifies. */
    static boolean areAPair(PrivateKey key, PublicKey half) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (half.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "Ed25519";
                });
        byte[] text = "a pair".getBytes(StandardCharsets.US_ASCII);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(half);
        signature.update(text);
        return signature.verify(signed);
    }
}
