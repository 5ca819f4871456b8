package dev.tidings.egress;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A block of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}. IPv4 and IPv6 are never mixed. */
public final class Network {
    /** Address literals only: nothing that would be looked up. */
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private final String text;
    private final int bytes;
    private final BigInteger prefix;
    private final int shift;

    private Network(String text, byte[] address, int shift) {
        this.text = text;
        this.bytes = address.length;
        this.prefix = new BigInteger(1, address).shiftRight(shift);
        this.shift = shift;
    }

    /** Reads an address with the length of its prefix; without one it is that single address. */
    public static Network of(String cidr) {
        String[] parts = cidr.strip().split("/", -1);
        try {
            if (parts.length > 2 || !LITERAL.matcher(parts[0]).matches()) {
                throw bad(cidr);
            }
            byte[] address = InetAddress.getByName(parts[0]).getAddress();
            int bits = address.length * 8;
            int length = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            if (length < 0 || length > bits) {
                throw bad(cidr);
            }
            return new Network(cidr.strip(), address, bits - length);
        } catch (UnknownHostException | NumberFormatException e) {
            throw bad(cidr);
        }
    }

    /** Whether the address is in it. */
    boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        return other.length == bytes
                && new BigInteger(1, other).shiftRight(shift).equals(prefix);
    }

    private static IllegalArgumentException bad(String cidr) {
        return new IllegalArgumentException(cidr + " is not a network such as 10.1.0.0/16 or fd00::/8");
    }

    @Override
    public String toString() {
        return text;
    }
}
