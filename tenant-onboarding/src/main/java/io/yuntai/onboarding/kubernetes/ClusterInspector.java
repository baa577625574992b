package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.yuntai.onboarding.kubernetes.ClusterCheck.Outcome;
import io.yuntai.onboarding.kubernetes.ClusterCheck.Subject;
import io.yuntai.quota.Resource;
import java.net.HttpURLConnection;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Looks into everything that we need of a cluster, each thing once, while somebody waits: no
 * request takes longer than 5 s, none is repeated, and where the cluster does not answer at all the
 * rest is skipped. It changes nothing there.
 */
final class ClusterInspector {

    /** Policies of admission are part of Kubernetes since then. */
    static final int OLDEST_MINOR = 30;

    /** The newest that our own tests run on. */
    static final int NEWEST_TRIED_MINOR = 36;

    private static final Duration CLOCK_MAY_DIFFER = Duration.ofSeconds(5);
    private static final Duration CLOCK_IS_WRONG = Duration.ofMinutes(5);
    private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+).*");

    private final KubernetesClient client;
    private final Kubeconfig kubeconfig;
    private final ResourceNames names;
    private final NamespacePolicy policy;
    private final Pulse pulse;
    private final Clock clock;
    private final Map<Subject, ClusterCheck> found = new EnumMap<>(Subject.class);
    private @Nullable ClusterUid uid;
    private @Nullable String version;

    private ClusterInspector(
            KubernetesClient client,
            Kubeconfig kubeconfig,
            ResourceNames names,
            NamespacePolicy policy,
            Pulse pulse,
            Clock clock) {
        this.client = client;
        this.kubeconfig = kubeconfig;
        this.names = names;
        this.policy = policy;
        this.pulse = pulse;
        this.clock = clock;
    }

    /** Everything, over connections of its own. */
    static Inspection inspect(
            Kubeconfig kubeconfig, ResourceNames names, NamespacePolicy policy, Clock clock) {
        var pulse = new Pulse();
        try (var client =
                new KubernetesClientBuilder()
                        .withConfig(kubeconfig.impatient())
                        .withHttpClientBuilderConsumer(
                                http -> http.addOrReplaceInterceptor(Pulse.class.getName(), pulse))
                        .build()) {
            return new ClusterInspector(client, kubeconfig, names, policy, pulse, clock).inspect();
        }
    }

    /** Which cluster it is. */
    static ClusterUid uid(KubernetesClient client) {
        var system = client.namespaces().withName("kube-system").get();
        if (system == null) {
            throw new IllegalArgumentException("a cluster without kube-system");
        }
        return new ClusterUid(system.getMetadata().getUid());
    }

    private Inspection inspect() {
        if (answers() && isSignedIn()) {
            note(Subject.IDENTITY, "IDENTITY_UNREAD", this::identity);
            note(Subject.PERMISSIONS, "PERMISSIONS_UNREAD", this::permissions);
            note(Subject.GUARDS, "GUARDS_UNREAD", this::guards);
            note(Subject.KUBEVIRT, "KUBEVIRT_UNREAD", () -> group(Subject.KUBEVIRT, "kubevirt.io"));
            note(Subject.CDI, "CDI_UNREAD", () -> group(Subject.CDI, "cdi.kubevirt.io"));
            note(Subject.NODES, "NODES_UNREAD", this::nodes);
        }
        return new Inspection(
                Stream.of(Subject.values())
                        .map(subject ->
                                found.getOrDefault(
                                        subject,
                                        new ClusterCheck(
                                                subject, Outcome.SKIPPED, "SKIPPED", List.of())))
                        .toList(),
                Optional.ofNullable(uid),
                Optional.ofNullable(version));
    }

    private boolean answers() {
        try {
            String git = client.getKubernetesVersion().getGitVersion();
            put(ClusterCheck.passed(Subject.REACH, "REACHED", kubeconfig.server()));
            put(version(String.valueOf(git)));
            pulse.skew(clock).map(ClusterInspector::clock).ifPresent(this::put);
            return true;
        } catch (KubernetesClientException e) {
            String reason = Answers.reason(e);
            if (e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED
                    || e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                // Only those who are signed in are told the version.
                put(ClusterCheck.passed(Subject.REACH, "REACHED", kubeconfig.server()));
                put(notSignedIn(reason));
            } else if (isOfTls(e)) {
                put(ClusterCheck.failed(Subject.REACH, "TLS_UNTRUSTED", reason));
            } else if (Answers.isNonsense(e) || Answers.answered(e)) {
                put(ClusterCheck.failed(Subject.REACH, "NOT_KUBERNETES", reason));
            } else {
                put(ClusterCheck.failed(Subject.REACH, "NO_ANSWER", kubeconfig.server(), reason));
            }
        } catch (RuntimeException e) {
            put(ClusterCheck.failed(Subject.REACH, "NOT_KUBERNETES", e.getClass().getSimpleName()));
        }
        return false;
    }

    private static boolean isOfTls(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private boolean isSignedIn() {
        try {
            String user =
                    client.authentication()
                            .v1()
                            .selfSubjectReviews()
                            .create(new SelfSubjectReview())
                            .getStatus()
                            .getUserInfo()
                            .getUsername();
            put(certificate(user));
            return true;
        } catch (KubernetesClientException e) {
            put(notSignedIn(Answers.reason(e)));
        } catch (RuntimeException e) {
            put(notSignedIn(e.getClass().getSimpleName()));
        }
        return false;
    }

    private ClusterCheck notSignedIn(String reason) {
        return kubeconfig
                .certificateEnds()
                .filter(end -> end.isBefore(clock.instant()))
                .map(end ->
                        ClusterCheck.failed(
                                Subject.CREDENTIALS, "CERTIFICATE_EXPIRED", end.toString()))
                .orElseGet(() -> ClusterCheck.failed(Subject.CREDENTIALS, "NOT_SIGNED_IN", reason));
    }

    private ClusterCheck certificate(String user) {
        return kubeconfig
                .certificateEnds()
                .filter(end -> end.isBefore(clock.instant().plus(Kubeconfig.RENEW_WITHIN)))
                .map(end ->
                        ClusterCheck.warning(
                                Subject.CREDENTIALS, "CERTIFICATE_ENDS", user, end.toString()))
                .orElseGet(() -> ClusterCheck.passed(Subject.CREDENTIALS, "SIGNED_IN", user));
    }

    private ClusterCheck version(String git) {
        var matcher = VERSION.matcher(git);
        if (!matcher.matches()) {
            return ClusterCheck.failed(Subject.VERSION, "VERSION_UNREAD", git);
        }
        version = git;
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        String oldest = "v1." + OLDEST_MINOR;
        String newest = "v1." + NEWEST_TRIED_MINOR;
        if (major != 1 || minor < OLDEST_MINOR) {
            return ClusterCheck.failed(Subject.VERSION, "VERSION_UNSUPPORTED", git, oldest, newest);
        }
        return minor > NEWEST_TRIED_MINOR
                ? ClusterCheck.warning(Subject.VERSION, "VERSION_UNTRIED", git, oldest, newest)
                : ClusterCheck.passed(Subject.VERSION, "VERSION_SUPPORTED", git, oldest, newest);
    }

    private static ClusterCheck clock(Duration ahead) {
        String seconds = Long.toString(Math.abs(ahead.toSeconds()));
        if (ahead.abs().compareTo(CLOCK_MAY_DIFFER) <= 0) {
            return ClusterCheck.passed(Subject.CLOCK, "CLOCK_AGREES", seconds);
        }
        String code = ahead.isNegative() ? "CLOCK_BEHIND" : "CLOCK_AHEAD";
        return ahead.abs().compareTo(CLOCK_IS_WRONG) > 0
                ? ClusterCheck.failed(Subject.CLOCK, code, seconds)
                : ClusterCheck.warning(Subject.CLOCK, code, seconds);
    }

    private ClusterCheck identity() {
        var read = uid(client);
        uid = read;
        return ClusterCheck.passed(Subject.IDENTITY, "IDENTITY_READ", read.value());
    }

    /** All are asked side by side: there are some forty. */
    private ClusterCheck permissions() {
        var needed =
                Stream.concat(
                                Permissions.REQUIRED.stream(),
                                policy.roles().stream().map(Permissions.Permission::toBind))
                        .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = needed.stream().map(one -> threads.submit(() -> isAllowed(one))).toList();
            var missing = new ArrayList<Permissions.Permission>();
            for (int at = 0; at < answers.size(); at++) {
                if (!answers.get(at).get()) {
                    missing.add(needed.get(at));
                }
            }
            return missing.isEmpty()
                    ? ClusterCheck.passed(
                            Subject.PERMISSIONS, "PERMITTED", Integer.toString(needed.size()))
                    : notPermitted(missing);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException answer) {
                throw answer;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ClusterCheck notPermitted(List<Permissions.Permission> missing) {
        // All of them: whoever writes the role needs the whole list.
        var verbs = new TreeMap<String, List<String>>();
        missing.forEach(
                one -> verbs.computeIfAbsent(one.kind(), _ -> new ArrayList<>()).add(one.verb()));
        return ClusterCheck.failed(
                Subject.PERMISSIONS,
                "NOT_PERMITTED",
                Integer.toString(missing.size()),
                verbs.entrySet().stream()
                        .map(of -> of.getKey() + " (" + String.join(", ", of.getValue()) + ")")
                        .collect(Collectors.joining("; ")));
    }

    private boolean isAllowed(Permissions.Permission wanted) {
        var parts = wanted.resource().split("/", 2);
        SelfSubjectAccessReview review =
                new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withGroup(wanted.group())
                        .withResource(parts[0])
                        .withName(wanted.name())
                        .withSubresource(parts.length == 2 ? parts[1] : "")
                        .withVerb(wanted.verb())
                        .endResourceAttributes()
                        .endSpec()
                        .build();
        return Boolean.TRUE.equals(
                client.authorization()
                        .v1()
                        .selfSubjectAccessReview()
                        .create(review)
                        .getStatus()
                        .getAllowed());
    }

    private ClusterCheck guards() {
        return client.supports("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy")
                ? ClusterCheck.passed(Subject.GUARDS, "GUARDS_SUPPORTED")
                : ClusterCheck.failed(Subject.GUARDS, "GUARDS_UNSUPPORTED");
    }

    /** Without one of these a cluster still runs namespaces. */
    private ClusterCheck group(Subject subject, String name) {
        APIGroup group = client.getApiGroup(name);
        return group == null || group.getVersions().isEmpty()
                ? ClusterCheck.warning(subject, subject + "_MISSING")
                : ClusterCheck.passed(
                        subject,
                        subject + "_FOUND",
                        group.getVersions().stream()
                                .map(GroupVersionForDiscovery::getVersion)
                                .collect(Collectors.joining(", ")));
    }

    private ClusterCheck nodes() {
        var capacity = nodes(client, names);
        String open = Integer.toString(capacity.open());
        if (capacity.open() == 0) {
            return ClusterCheck.warning(
                    Subject.NODES, "NODES_NONE", Integer.toString(capacity.nodes()));
        }
        var bare =
                capacity.shares().stream()
                        .filter(share -> share.processor().isEmpty())
                        .mapToInt(NodeCapacity.Share::nodes)
                        .sum();
        return bare > 0
                ? ClusterCheck.warning(
                        Subject.NODES,
                        "NODES_UNLABELLED",
                        open,
                        Integer.toString(bare),
                        Labels.PROCESSOR)
                : ClusterCheck.passed(
                        Subject.NODES,
                        "NODES_READ",
                        open,
                        Long.toString(capacity.allocatable().get(Resource.CPU) / 1000));
    }

    /** What the nodes offer, read in pages. */
    static NodeCapacity nodes(KubernetesClient client, ResourceNames names) {
        var sum = new NodeCapacity.Sum(names);
        Lists.eachOf(client.nodes(), sum::add);
        return sum.total();
    }

    /** One check; what it meets is its outcome. */
    private void note(Subject subject, String unread, Supplier<ClusterCheck> check) {
        try {
            put(check.get());
        } catch (KubernetesClientException e) {
            put(ClusterCheck.failed(subject, unread, Answers.reason(e)));
        } catch (RuntimeException e) {
            put(ClusterCheck.failed(subject, unread, e.getClass().getSimpleName()));
        }
    }

    private void put(ClusterCheck check) {
        found.put(check.subject(), check);
    }
}
