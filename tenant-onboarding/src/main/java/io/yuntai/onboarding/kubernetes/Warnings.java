package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** What an API server warns of when something is changed, without changing it. */
final class Warnings {

    private static final int LONGEST = 300;
    private static final long SECONDS = 10;

    /** RFC 9110's {@code Warning}: a code, who warns, and the text in quotes. */
    private static final Pattern WARNING = Pattern.compile("^\\d{3} \\S+ \"(.*)\"$");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private Warnings() {}

    /**
     * @param path of an object
     * @param patch a merge patch, of which nothing stays
     * @return the texts of the warnings; Fabric8's own calls do not tell them
     * @throws KubernetesClientException when the server will not have it, or gives no answer
     */
    static List<String> ofTrial(KubernetesClient client, String path, String patch) {
        var url = client.getMasterUrl();
        var http = client.getHttpClient();
        var request =
                http.newHttpRequestBuilder()
                        .uri(
                                java.net.URI.create(
                                        url.toString().replaceAll("/$", "")
                                                + path
                                                + "?dryRun=All&fieldManager="
                                                + Labels.FIELD_MANAGER))
                        .method("PATCH", "application/merge-patch+json", patch)
                        .timeout(SECONDS, TimeUnit.SECONDS)
                        .build();
        try {
            var response = http.sendAsync(request, byte[].class).get(SECONDS, TimeUnit.SECONDS);
            if (!response.isSuccessful()) {
                throw new KubernetesClientException(response.message(), response.code(), null);
            }
            var texts = new ArrayList<String>();
            for (var header : response.headers("Warning")) {
                var text = WARNING.matcher(header);
                String plain = text.matches() ? text.group(1) : header;
                plain = ESCAPED.matcher(plain).replaceAll("$1");
                texts.add(plain.substring(0, Math.min(LONGEST, plain.length())));
            }
            return texts;
        } catch (ExecutionException | TimeoutException e) {
            throw new KubernetesClientException("no answer to a trial", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("interrupted", e);
        }
    }
}
