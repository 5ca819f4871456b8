package dev.tidings.feedback;

import java.util.regex.Pattern;

/** Addresses as they may be shown to whoever has no business with them: enough to tell two apart, too little to write to. */
public final class Masked {
    /** Bounded, so that no text makes it go back and forth. */
    private static final Pattern EMAIL =
            Pattern.compile("([\\p{L}\\p{N}._%+'-])[\\p{L}\\p{N}._%+'-]{0,63}@([\\p{L}\\p{N}.-]{1,253})");

    private static final Pattern PHONE = Pattern.compile("\\+\\d{5,13}(\\d{2})(?!\\d)");

    private Masked() {}

    /** One address: an email's first letter and domain, a number's last two digits, else its first letter. */
    public static String address(String address) {
        String masked = text(address);
        if (!masked.equals(address)) {
            return masked;
        }
        return address.isEmpty() ? "" : address.substring(0, address.offsetByCodePoints(0, 1)) + "***";
    }

    /** A text in which each address is masked. */
    public static String text(String text) {
        String masked = text.indexOf('@') < 0 ? text : EMAIL.matcher(text).replaceAll("$1***@$2");
        return masked.indexOf('+') < 0 ? masked : PHONE.matcher(masked).replaceAll("+***$1");
    }
}
