package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;

/** What a failed request means: refused for good, or perhaps later. */
final class Answers {

    static final int UNPROCESSABLE = 422;
    static final int TOO_MANY_REQUESTS = 429;

    private static final int LONGEST_REASON = 500;

    private Answers() {}

    /** Whether the cluster answered at all, however unkindly. */
    static boolean answered(KubernetesClientException e) {
        return e.getCode() > 0;
    }

    static ApplyOutcome ofWrite(KubernetesClientException e) {
        return later(e)
                ? new ApplyOutcome.Unknown(reason(e))
                : new ApplyOutcome.Rejected(e.getCode(), reason(e));
    }

    /** Whether the same request may succeed later, or may even have succeeded already. */
    static boolean later(KubernetesClientException e) {
        return switch (e.getCode()) {
            // Two admissions of one namespace meet at its quota: "please apply your changes to the
            // latest version" reaches the client on bursts.
            case HttpURLConnection.HTTP_CONFLICT,
                    HttpURLConnection.HTTP_CLIENT_TIMEOUT,
                    TOO_MANY_REQUESTS ->
                    true;
            case HttpURLConnection.HTTP_FORBIDDEN ->
                    hasCause(e, "NamespaceTerminating") || isNotCountedYet(e);
            case UNPROCESSABLE -> isNotLeasedYet(e);
            case HttpURLConnection.HTTP_INTERNAL_ERROR -> !isRefusedBySchema(e);
            default -> !answered(e) || e.getCode() > HttpURLConnection.HTTP_INTERNAL_ERROR;
        };
    }

    static boolean alreadyExists(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT
                && e.getStatus() != null
                && "AlreadyExists".equals(e.getStatus().getReason());
    }

    /** Whether what stands between us and the cluster has answered in its place. */
    static boolean isOfAProxy(KubernetesClientException e) {
        return !isOfKubernetes(e)
                && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND
                && e.getCode() != HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    /** Whether the answer is none that a Kubernetes API gives. */
    static boolean isNonsense(KubernetesClientException e) {
        if (answered(e)) {
            return isOfAProxy(e) && e.getCode() < HttpURLConnection.HTTP_BAD_GATEWAY;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException || cause instanceof IllegalArgumentException) {
                return true;
            }
        }
        return false;
    }

    /** Its own errors are {@code Status} objects; but for an unknown path and a panic. */
    private static boolean isOfKubernetes(KubernetesClientException e) {
        return e.getStatus() != null && "Failure".equals(e.getStatus().getStatus());
    }

    /** Whether our user may not do that at all, as RBAC says it. */
    static boolean isWithoutPermission(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                && reason(e).contains("is forbidden: User ");
    }

    /** For people who run the cloud; bounded, for it is stored and shown. */
    static String reason(KubernetesClientException e) {
        var status = e.getStatus();
        String text = status == null ? null : status.getMessage();
        if (text == null) {
            text = answered(e) ? String.valueOf(e.getMessage()) : rootMessage(e);
        }
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }

    /**
     * The quota's controller looks for new kinds every half minute; until it has counted those of
     * this kind, admission refuses them: "status unknown for quota".
     */
    private static boolean isNotCountedYet(KubernetesClientException e) {
        return reason(e).contains("status unknown for quota");
    }

    /** The guard has not heard of a lease yet that is there; it says so with 422. */
    private static boolean isNotLeasedYet(KubernetesClientException e) {
        return reason(e).contains("ValidatingAdmissionPolicy '" + Labels.LEASE_GUARD + "'");
    }

    /** A server-side apply of what the schema does not know is answered 500, not 422. */
    private static boolean isRefusedBySchema(KubernetesClientException e) {
        return reason(e).contains("failed to create typed patch object");
    }

    private static boolean hasCause(KubernetesClientException e, String reason) {
        var status = e.getStatus();
        var details = status == null ? null : status.getDetails();
        var causes = details == null ? null : details.getCauses();
        return Objects.requireNonNullElse(
                        causes, List.<io.fabric8.kubernetes.api.model.StatusCause>of())
                .stream()
                .anyMatch(cause -> reason.equals(cause.getReason()));
    }

    private static String rootMessage(Throwable e) {
        var root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
