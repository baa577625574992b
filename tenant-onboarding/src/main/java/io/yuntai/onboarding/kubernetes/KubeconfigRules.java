package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a kubeconfig must be that is handed in over the API. It comes from a browser, so it must
 * hold all that is needed in itself: it can make our server neither run a program, nor read a file,
 * nor trust a stranger, nor call what only our server can reach.
 */
final class KubeconfigRules {

    /** In bytes; one with certificates has some 6 KiB. */
    static final int MAX_BYTES = 64 << 10;

    private static final String POINTER = "/kubeconfig";

    /** Where clouds tell a machine its secrets, beside the link-local addresses. */
    private static final List<String> METADATA = List.of("fd00:ec2::254", "100.100.100.200");

    private final List<Fault> faults = new ArrayList<>();

    private KubeconfigRules() {}

    /**
     * Reads one that was handed in.
     *
     * @throws Refused INVALID with every fault at {@code /kubeconfig}
     */
    static Kubeconfig read(String text) {
        var rules = new KubeconfigRules();
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw refused(List.of(Fault.at(POINTER, "KUBECONFIG_TOO_LARGE", MAX_BYTES >> 10)));
        }
        Config config;
        try {
            config = Kubeconfig.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(List.of(Fault.at(POINTER, "KUBECONFIG_UNREADABLE")));
        }
        rules.check(config);
        if (!rules.faults.isEmpty()) {
            throw refused(rules.faults);
        }
        try {
            var read = Kubeconfig.read(text);
            // Whether its key is one, and that of its certificate, only a client finds out.
            new KubernetesClientBuilder().withConfig(read.config()).build().close();
            return read;
        } catch (IllegalArgumentException e) {
            throw refused(List.of(Fault.at(POINTER, "KUBECONFIG_UNREADABLE")));
        } catch (KubernetesClientException e) {
            throw refused(
                    List.of(Fault.at(POINTER, "KUBECONFIG_BAD_CERTIFICATE", "client-key-data")));
        }
    }

    private static Refused refused(List<Fault> faults) {
        return Refused.invalid("INVALID", faults);
    }

    private void check(Config config) {
        // Of every user and cluster, used or not: what lies there may be used tomorrow.
        config.getUsers()
                .forEach(named -> {
                    if (named.getUser() != null) {
                        user(String.valueOf(named.getName()), named.getUser());
                    }
                });
        config.getClusters().forEach(this::cluster);
        context(config);
    }

    private void user(String name, AuthInfo user) {
        if (user.getExec() != null || user.getAuthProvider() != null) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_RUNS_PROGRAM", name));
        }
        namesFile("tokenFile", user.getTokenFile());
        namesFile("client-certificate", user.getClientCertificate());
        namesFile("client-key", user.getClientKey());
        if (isFilled(user.getClientCertificateData())
                && Kubeconfig.certificate(user.getClientCertificateData()).isEmpty()) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_BAD_CERTIFICATE", "client-certificate-data"));
        }
    }

    private void cluster(NamedCluster named) {
        var cluster = named.getCluster();
        if (cluster == null) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_NO_SERVER"));
            return;
        }
        namesFile("certificate-authority", cluster.getCertificateAuthority());
        if (Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify())) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_INSECURE"));
        }
        if (isFilled(cluster.getProxyUrl())) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_PROXY"));
        }
        if (isFilled(cluster.getCertificateAuthorityData())
                && Kubeconfig.certificate(cluster.getCertificateAuthorityData()).isEmpty()) {
            faults.add(
                    Fault.at(POINTER, "KUBECONFIG_BAD_CERTIFICATE", "certificate-authority-data"));
        }
        server(cluster.getServer());
    }

    private void server(@Nullable String text) {
        URI server;
        try {
            server = new URI(Objects.requireNonNullElse(text, ""));
        } catch (URISyntaxException e) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_NO_SERVER"));
            return;
        }
        String host = server.getHost();
        if (host == null || server.getUserInfo() != null) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_NO_SERVER"));
        } else if (!"https".equals(lower(server.getScheme()))) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_NOT_HTTPS"));
        } else if (isOutOfBounds(host)) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_ADDRESS", host));
        }
    }

    /** A name is resolved, so that it is not the mask of such an address. */
    private static boolean isOutOfBounds(String host) {
        try {
            for (var address : InetAddress.getAllByName(host)) {
                if (address.isLinkLocalAddress()
                        || address.isAnyLocalAddress()
                        || address.isMulticastAddress()
                        || METADATA.stream().anyMatch(one -> isSame(one, address))) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            return false; // It cannot be reached either, as the check will say.
        }
    }

    private static boolean isSame(String literal, InetAddress address) {
        return InetAddress.ofLiteral(literal).equals(address);
    }

    private void context(Config config) {
        var contexts = config.getContexts();
        String current = Objects.requireNonNullElse(config.getCurrentContext(), "");
        if (current.isEmpty()) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_NO_CONTEXT"));
            return;
        }
        var context =
                contexts.stream()
                        .filter(named -> current.equals(named.getName()))
                        .findFirst()
                        .map(NamedContext::getContext);
        if (context.isEmpty()) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_NO_CONTEXT"));
            return;
        }
        if (config.getClusters().stream()
                .noneMatch(named -> Objects.equals(named.getName(), context.get().getCluster()))) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_NO_SERVER"));
        }
        var user = user(config, context.get());
        if (user.filter(KubeconfigRules::signsIn).isEmpty()
                && faults.stream()
                        .noneMatch(fault -> fault.code().equals("KUBECONFIG_RUNS_PROGRAM"))) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_NO_CREDENTIALS"));
        }
    }

    private static Optional<AuthInfo> user(Config config, Context context) {
        return config.getUsers().stream()
                .filter(named -> Objects.equals(named.getName(), context.getUser()))
                .findFirst()
                .map(named -> named.getUser());
    }

    private static boolean signsIn(AuthInfo user) {
        return isFilled(user.getToken())
                || (isFilled(user.getClientCertificateData()) && isFilled(user.getClientKeyData()));
    }

    private void namesFile(String member, @Nullable String file) {
        if (isFilled(file)) {
            faults.add(Fault.at(POINTER, "KUBECONFIG_NAMES_FILE", member));
        }
    }

    private static boolean isFilled(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static String lower(@Nullable String text) {
        return Objects.requireNonNullElse(text, "").toLowerCase(Locale.ROOT);
    }
}
