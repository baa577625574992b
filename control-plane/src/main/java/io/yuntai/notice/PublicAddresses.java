package io.yuntai.notice;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Finds hosts by name, and none that is inside: the address that was looked at is the one that is
 * connected to, whatever the name says a moment later.
 */
final class PublicAddresses implements DnsResolver {

    @Override
    public InetAddress[] resolve(@Nullable String host) throws UnknownHostException {
        var all = SystemDefaultDnsResolver.INSTANCE.resolve(host);
        for (var address : all) {
            if (!isPublic(address)) {
                throw new UnknownHostException("its address is not public");
            }
        }
        return all;
    }

    @Override
    public @Nullable String resolveCanonicalHostname(@Nullable String host)
            throws UnknownHostException {
        return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }

    /** Whether an address is reached over the Internet (IANA's special-purpose registries). */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return switch (address) {
            case Inet4Address _ ->
                    first != 0
                            && !(first == 100 && (second & 0xc0) == 64) // shared by carriers
                            && !(first == 192 && second == 0 && bytes[2] == 0)
                            && !(first == 198 && (second & 0xfe) == 18) // for benchmarks
                            && first < 240;
            case Inet6Address _ -> (first & 0xe0) == 0x20 && !embedsIpv4(bytes);
            default -> false;
        };
    }

    /** 6to4 and Teredo lead to an IPv4 address that nobody has looked at. */
    private static boolean embedsIpv4(byte[] bytes) {
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        return sixToFour || teredo;
    }
}
