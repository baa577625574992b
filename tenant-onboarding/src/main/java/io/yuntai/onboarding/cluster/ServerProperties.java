package io.yuntai.onboarding.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this process is called where several are told apart.
 *
 * @param name {@code yuntai.server.name}, at most {@value #LONGEST} characters; where none is
 *     configured, the machine's name and something that no other process has
 */
@ConfigurationProperties("yuntai.server")
public record ServerProperties(@DefaultValue("") String name) {

    private static final int LONGEST = 100;
    private static final int LONGEST_OF_MACHINE = 80;
    private static final int OF_PROCESS = 6;

    public ServerProperties {
        name = name.isBlank() ? ofThisProcess() : name.strip();
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException("a name of " + name.length() + " characters");
        }
    }

    private static String ofThisProcess() {
        String own = UUID.randomUUID().toString().substring(0, OF_PROCESS);
        try {
            String machine = InetAddress.getLocalHost().getHostName();
            return machine.substring(0, Math.min(machine.length(), LONGEST_OF_MACHINE)) + "-" + own;
        } catch (UnknownHostException e) {
            return "server-" + own;
        }
    }
}
