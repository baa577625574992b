package io.yuntai.onboarding.kubernetes;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An address range outside the cluster that a zone's namespaces may reach or be reached from,
 * written {@code CIDR}, {@code CIDR:PORT} or {@code CIDR:PORT/PROTOCOL}, with a longer address
 * (IPv6) in brackets: {@code 10.20.0.0/16:443}, {@code [fd00::/8]:53/UDP}.
 *
 * @param cidr such as {@code 10.20.0.0/16}
 * @param port empty: all of every protocol
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 */
record NetworkPeer(String cidr, OptionalInt port, String protocol) {

    private static final Pattern SHAPE =
            Pattern.compile(
                    "(?:(?<four>[0-9.]{7,15}/[0-9]{1,2})|\\[?(?<six>[0-9a-fA-F:]{2,39}/[0-9]{1,3})]?)"
                            + "(?::(?<port>[0-9]{1,5})(?:/(?<protocol>TCP|UDP|SCTP))?)?");
    private static final int LAST_PORT = 65535;
    private static final int LAST_OCTET = 255;
    private static final int BITS = 32;

    NetworkPeer {
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > LAST_PORT)) {
            throw new IllegalArgumentException("not a port: " + port.getAsInt());
        }
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none
     */
    static NetworkPeer parse(String text) {
        var match = SHAPE.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException("not a range of addresses: " + text);
        }
        String four = match.group("four");
        if (four != null && !isRange(four)) {
            throw new IllegalArgumentException("not a range of addresses: " + text);
        }
        String port = match.group("port");
        String protocol = match.group("protocol");
        return new NetworkPeer(
                four == null ? match.group("six") : four,
                port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
                protocol == null ? "TCP" : protocol);
    }

    private static boolean isRange(String four) {
        var parts = List.of(four.split("[./]", -1));
        return parts.size() == 5
                && parts.stream().noneMatch(String::isEmpty)
                && parts.stream().limit(4).allMatch(part -> Integer.parseInt(part) <= LAST_OCTET)
                && Integer.parseInt(parts.getLast()) <= BITS;
    }
}
