package io.yuntai.sandbox.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.application.Item;
import io.yuntai.quota.Amounts;
import io.yuntai.sandbox.city.CityPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The control plane's HTTP API as programs use it, by bearer token. */
final class PublicApi implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LARGEST_PAGE = 200;
    private static final String TRIAL = "?validateOnly=true";
    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper mapper = JsonMapper.shared();
    private final URI base;
    private final TokenIssuer issuer;

    PublicApi(URI base, TokenIssuer issuer) {
        this.base = base;
        this.issuer = issuer;
    }

    void importRegister(String login, String fileName, byte[] xlsx)
            throws IOException, InterruptedException {
        var path = "/imports/" + UuidCreator.getTimeOrderedEpoch() + "?fileName=" + fileName;
        var _ =
                send(
                        as(login, path)
                                .header("Content-Type", XLSX)
                                .PUT(BodyPublishers.ofByteArray(xlsx)));
    }

    /** The ids of all systems by their codes. */
    Map<String, String> systems(String login) throws IOException, InterruptedException {
        var systems = new HashMap<String, String>();
        var cursor = "";
        do {
            var page =
                    mapper.readTree(
                            send(as(login, "/systems?limit=" + LARGEST_PAGE + cursor).GET())
                                    .body());
            page.get("items")
                    .forEach(item ->
                            systems.put(item.at("/code").asString(), item.at("/id").asString()));
            var next = page.at("/next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return systems;
    }

    /**
     * Submits an order and has it approved by everybody who has to, one after the other.
     *
     * @param rehearsals how often each of these is tried before, so that nothing stays of it
     */
    void order(
            String staff,
            List<String> approvers,
            String system,
            CityPlan.Planned plan,
            int rehearsals)
            throws IOException, InterruptedException {
        var path = "/applications/" + UuidCreator.getTimeOrderedEpoch();
        var order =
                Map.of(
                        "system", system,
                        "pool", plan.system().pool().toString(),
                        "purpose", plan.purpose(),
                        "termMonths", plan.termMonths(),
                        "items", plan.items().stream().map(PublicApi::item).toList());
        for (int n = 0; n < rehearsals; n++) {
            var _ = send(json(as(staff, path + TRIAL)).PUT(body(order)));
        }
        var answer = send(json(as(staff, path)).PUT(body(order)));
        for (var approver : approvers) {
            var version = answer.headers().firstValue("ETag").orElseThrow();
            for (int n = 0; n < rehearsals; n++) {
                var _ = send(approval(approver, path + "/approvals" + TRIAL, version));
            }
            answer = send(approval(approver, path + "/approvals", version));
        }
    }

    private HttpRequest.Builder approval(String approver, String path, String version) {
        return json(as(approver, path)).header("If-Match", version).POST(body(Map.of()));
    }

    private static Map<String, Object> item(Item item) {
        return switch (item) {
            case Item.Hosts hosts ->
                    Map.of(
                            "kind", "HOSTS",
                            "count", hosts.count(),
                            "vcpu", hosts.vcpu(),
                            "memoryGib", hosts.memoryGib(),
                            "diskGib", hosts.diskGib(),
                            "storageClass", hosts.storageClass());
            case Item.Namespace room ->
                    Map.of(
                            "kind", "NAMESPACE",
                            "cpu", room.cpu(),
                            "memoryGib", room.memoryGib(),
                            "storageGib", room.storageGib(),
                            "storageClass", room.storageClass(),
                            "extras", codes(room.extras()));
            case Item.OfHost _, Item.Free _ ->
                    throw new IllegalArgumentException("nothing is there yet: " + item);
        };
    }

    private static Map<String, Long> codes(Amounts amounts) {
        var codes = new TreeMap<String, Long>();
        amounts.asMap().forEach((resource, amount) -> codes.put(resource.code(), amount));
        return codes;
    }

    /** How many hosts are in a state. */
    long hosts(String login, String state) throws IOException, InterruptedException {
        return mapper.readTree(send(as(login, "/hosts?limit=1&state=" + state).GET()).body())
                .at("/total")
                .asLong();
    }

    /** Why hosts that are not running are not; a few of them. */
    List<String> reasons(String login, String state) throws IOException, InterruptedException {
        return mapper.readTree(send(as(login, "/hosts?limit=5&state=" + state).GET()).body())
                .at("/items")
                .valueStream()
                .map(JsonNode::toString)
                .toList();
    }

    private HttpRequest.Builder as(String login, String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + issuer.token(login));
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request) {
        return request.header("Content-Type", "application/json");
    }

    private HttpRequest.BodyPublisher body(Object content) {
        return BodyPublishers.ofString(mapper.writeValueAsString(content));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(
                    answer.statusCode() + " from " + answer.uri() + ": " + answer.body());
        }
        return answer;
    }

    @Override
    public void close() {
        http.close();
    }
}
