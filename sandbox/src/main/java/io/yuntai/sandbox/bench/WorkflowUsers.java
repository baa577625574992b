package io.yuntai.sandbox.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A thousand people at work, each thinking between two requests. */
final class WorkflowUsers implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** On average, between an answer and the next request: a hundred requests a second by all. */
    private static final double THINK_SECONDS = 10;

    private static final int PAGE = 20;
    private static final List<String> WORDS =
            List.of("扩容", "医保", "应急指挥平台", "系统 41", "批次 77", "没有的", "电子证照平台升级", "BENCH-0001");
    private static final List<String> STATES =
            List.of("CLOSED", "TECH_REVIEW", "REJECTED,RETURNED");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper mapper = JsonMapper.shared();
    private final URI api;
    private final List<User> users = new ArrayList<>();

    /**
     * What waits for somebody else: of each unit for its owner, for the platform, for the bureau.
     */
    private final Map<Integer, Queue<Open>> ofUnits = new ConcurrentHashMap<>();

    private final Queue<Open> ofPlatform = new ConcurrentLinkedQueue<>();
    private final Queue<Open> ofBureau = new ConcurrentLinkedQueue<>();

    /**
     * What was asked for; {@code EMPTY} is the endpoint that does nothing but know who asks, and
     * {@code FOUND} those searches that fill their page.
     */
    enum Kind {
        EMPTY,
        LIST,
        INBOX,
        SEARCH,
        FOUND,
        ONE,
        COMMAND
    }

    /** An application of this run, and the version that it was left at. */
    private record Open(String id, String version) {}

    WorkflowUsers(WorkflowCity city) {
        this.api = city.api();
        var systems = IntStream.range(0, WorkflowCity.UNITS).mapToObj(city::system).toList();
        for (var kind : WorkflowCity.Kind.values()) {
            for (int number = 0; number < kind.people(); number++) {
                int unit = number % WorkflowCity.UNITS;
                users.add(new User(kind, unit, systems.get(unit), city.token(kind.login(number))));
            }
        }
    }

    /**
     * Has all of them work for a while.
     *
     * @return what each answer took, by what was asked for
     * @throws IOException when anything was answered with what it should not be
     */
    Map<Kind, Samples> work(Duration time, long seed) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        var all = new EnumMap<Kind, Samples>(Kind.class);
        for (var kind : Kind.values()) {
            all.put(kind, new Samples());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = new ArrayList<Future<List<Took>>>();
            for (int number = 0; number < users.size(); number++) {
                var user = users.get(number);
                var random = new SplittableRandom(seed * users.size() + number);
                working.add(threads.submit(() -> user.work(end, random)));
            }
            for (var each : working) {
                each.get()
                        .forEach(took ->
                                all.getOrDefault(took.kind(), new Samples()).add(took.time()));
            }
        }
        return all;
    }

    private record Took(Kind kind, Duration time) {}

    /** One of them. */
    private final class User {

        private final WorkflowCity.Kind kind;
        private final int unit;
        private final String system;
        private final String token;
        private String seen = "";
        private String after = "";
        private boolean full;
        private long lastNanos;

        private User(WorkflowCity.Kind kind, int unit, String system, String token) {
            this.kind = kind;
            this.unit = unit;
            this.system = system;
            this.token = token;
        }

        private List<Took> work(long end, RandomGenerator random) throws Exception {
            var took = new ArrayList<Took>();
            while (true) {
                long pause = (long) (-Math.log(1 - random.nextDouble()) * THINK_SECONDS * 1e9);
                if (System.nanoTime() + pause > end) {
                    return took;
                }
                Thread.sleep(Duration.ofNanos(pause));
                var what = what(random);
                if (ask(what, random)) {
                    var time = Duration.ofNanos(lastNanos);
                    took.add(new Took(what, time));
                    if (what == Kind.SEARCH && full) {
                        took.add(new Took(Kind.FOUND, time));
                    }
                }
            }
        }

        private Kind what(RandomGenerator random) {
            int n = random.nextInt(100);
            return n < 20
                    ? Kind.EMPTY
                    : n < 45
                            ? Kind.LIST
                            : n < 65
                                    ? Kind.INBOX
                                    : n < 80 ? Kind.SEARCH : n < 88 ? Kind.ONE : Kind.COMMAND;
        }

        /** Whether there was anything to ask for. */
        private boolean ask(Kind what, RandomGenerator random) throws Exception {
            return switch (what) {
                case EMPTY -> read("/me") != null;
                case LIST -> list(random);
                case INBOX -> read("/applications/inbox?sort=-submittedAt&limit=" + PAGE) != null;
                case SEARCH, FOUND -> search(WORDS.get(random.nextInt(WORDS.size())));
                case ONE -> !seen.isEmpty() && read("/applications/" + seen) != null;
                case COMMAND -> command(random);
            };
        }

        /** All, those of a state, or the page after the one that was seen last. */
        private boolean list(RandomGenerator random) throws Exception {
            var query = "/applications?sort=-submittedAt&limit=" + PAGE;
            var page =
                    switch (random.nextInt(3)) {
                        case 0 -> read(query);
                        case 1 ->
                                read(query + "&state=" + STATES.get(random.nextInt(STATES.size())));
                        default -> read(query + after);
                    };
            var next = page.at("/next").asString("");
            after = next.isEmpty() ? "" : "&cursor=" + next;
            seen = page.at("/items/0/id").asString("");
            return true;
        }

        private boolean search(String word) throws Exception {
            var found =
                    read(
                            "/applications?sort=-submittedAt&limit="
                                    + PAGE
                                    + "&q="
                                    + URLEncoder.encode(word, StandardCharsets.UTF_8));
            full = found.at("/items").size() == PAGE;
            return true;
        }

        private boolean command(RandomGenerator random) throws Exception {
            return switch (kind) {
                case STAFF -> submit();
                case OWNER -> decide(ofUnits.get(unit), random, ofPlatform);
                case REVIEWER -> decide(ofPlatform, random, ofBureau);
                case BUREAU -> {
                    var open = ofBureau.poll();
                    yield open != null && say(open, "/rejections", Map.of("note", "容量不足"), null);
                }
            };
        }

        private boolean submit() throws Exception {
            var id = UuidCreator.getTimeOrderedEpoch().toString();
            var order =
                    Map.of(
                            "system",
                            system,
                            "pool",
                            "extranet-ordinary",
                            "purpose",
                            "数据共享平台扩容，现场",
                            "termMonths",
                            12,
                            "items",
                            List.of(
                                    Map.of(
                                            "kind", "HOSTS",
                                            "count", 1,
                                            "vcpu", 2,
                                            "memoryGib", 4,
                                            "diskGib", 40,
                                            "storageClass", "ssd")));
            var answer =
                    send(
                            request("/applications/" + id)
                                    .header("Content-Type", "application/json")
                                    .PUT(
                                            BodyPublishers.ofString(
                                                    mapper.writeValueAsString(order))));
            var _ =
                    ofUnits.computeIfAbsent(unit, _ -> new ConcurrentLinkedQueue<>())
                            .add(new Open(id, version(answer)));
            return true;
        }

        /** One of ten is returned, one rejected, the others go on. */
        private boolean decide(@Nullable Queue<Open> mine, RandomGenerator random, Queue<Open> next)
                throws Exception {
            var open = mine == null ? null : mine.poll();
            if (open == null) {
                return false;
            }
            return switch (random.nextInt(10)) {
                case 0 -> say(open, "/returns", Map.of("note", "请补充"), null);
                case 1 -> say(open, "/rejections", Map.of("note", "不需要"), null);
                default -> say(open, "/approvals", Map.of(), next);
            };
        }

        private boolean say(
                Open open, String what, Map<String, String> body, @Nullable Queue<Open> next)
                throws Exception {
            var answer =
                    send(
                            request("/applications/" + open.id() + what)
                                    .header("Content-Type", "application/json")
                                    .header("If-Match", open.version())
                                    .POST(
                                            BodyPublishers.ofString(
                                                    mapper.writeValueAsString(body))));
            if (next != null) {
                next.add(new Open(open.id(), version(answer)));
            }
            return true;
        }

        private JsonNode read(String path) throws Exception {
            return mapper.readTree(send(request(path).GET()).body());
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(api + path))
                    .timeout(LIMIT)
                    .header("Authorization", "Bearer " + token);
        }

        /** Timed until the answer is there: what a client makes of it is his own. */
        private HttpResponse<String> send(HttpRequest.Builder request)
                throws IOException, InterruptedException {
            long begun = System.nanoTime();
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            lastNanos = System.nanoTime() - begun;
            if (answer.statusCode() >= 300) {
                throw new IOException(
                        answer.statusCode() + " from " + answer.uri() + ": " + answer.body());
            }
            return answer;
        }
    }

    private static String version(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @Override
    public void close() {
        http.close();
    }
}
