package io.yuntai.sandbox.tryout;

import io.yuntai.billing.report.SigningKey;
import io.yuntai.sandbox.city.City;
import io.yuntai.testkit.KeptFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Where a try-out keeps everything. It belongs to one process at a time, and what it holds is of
 * one city on one kind of cluster, for leases name the cluster that they are on.
 */
public final class DataFolder implements AutoCloseable {

    private static final String CITY = "city";
    private static final String KUBERNETES = "kubernetes";
    private static final String PREPARED = "prepared";

    private final Path folder;
    private final FileChannel lock;
    private final Properties settings;
    private boolean newUsers;

    private DataFolder(Path folder, FileChannel lock, Properties settings) {
        this.folder = folder;
        this.lock = lock;
        this.settings = settings;
    }

    /**
     * Opens a folder, and makes it when it is not there. What a start that was broken off has left
     * half done is done anew, and so is everything with {@link Options#fresh}.
     *
     * @throws CannotStart when another process uses it, when it is of another city or cluster than
     *     asked for, or cannot be written
     */
    public static DataFolder open(Options options) throws CannotStart {
        var folder = options.data();
        try {
            if (Files.exists(folder) && !Files.exists(folder.resolve("lock"))) {
                requireEmpty(folder);
            }
            Files.createDirectories(folder);
            var channel = lock(folder);
            try {
                var data = new DataFolder(folder, channel, settings(folder));
                data.agree(options);
                return data;
            } catch (CannotStart | RuntimeException | IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw CannotStart.because("cannot keep data in " + folder + ": " + e.getMessage());
        }
    }

    /** With --fresh this folder's content is deleted: it must be ours. */
    private static void requireEmpty(Path folder) throws IOException, CannotStart {
        try (var files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw CannotStart.because(folder + " is not empty and no data folder of a try-out");
            }
        }
    }

    private static FileChannel lock(Path folder) throws IOException, CannotStart {
        var channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // This very process has it: no different from another.
        }
        channel.close();
        throw CannotStart.because(
                "a try-out is running on the data in "
                        + folder
                        + "; stop it, or use --data FOLDER");
    }

    private static Properties settings(Path folder) throws IOException {
        var settings = new Properties();
        var file = folder.resolve("settings.properties");
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                settings.load(reader);
            }
        }
        return settings;
    }

    private void agree(Options options) throws CannotStart, IOException {
        if (!options.fresh() && isPrepared()) {
            require(CITY, options.city().map(City::code));
            require(KUBERNETES, options.kubernetes().map(Kubernetes::text));
            return;
        }
        if (options.fresh()) {
            Files.deleteIfExists(users());
            Files.deleteIfExists(hashes());
        }
        var city = options.city().or(() -> kept(CITY).flatMap(City::of)).orElse(City.JIANGMEN);
        if (!kept(CITY).equals(Optional.of(city.code()))) {
            Files.deleteIfExists(users());
            Files.deleteIfExists(hashes());
        }
        var kubernetes =
                options.kubernetes()
                        .or(() -> kept(KUBERNETES).map(Kubernetes::of))
                        .orElseGet(Kubernetes.Simulated::new);
        settings.clear();
        settings.setProperty(CITY, city.code());
        settings.setProperty(KUBERNETES, kubernetes.text());
        store();
        try {
            KeptFolder.delete(postgres());
            KeptFolder.delete(kubernetes());
        } catch (IllegalStateException e) {
            throw CannotStart.because(String.valueOf(e.getMessage()));
        }
        if (kubernetes instanceof Kubernetes.Simulated) {
            takePreparedCity();
        }
    }

    /** The build's city, if it is the one that is wanted and not this very folder. */
    private void takePreparedCity() throws IOException {
        var ready = PreparedCity.ofTheBuild();
        if (ready.isPresent()) {
            var its = settings(ready.get().folder());
            if (its.containsKey(PREPARED)
                    && city().code().equals(its.getProperty(CITY))
                    && !ready.get().folder().toAbsolutePath().equals(folder)) {
                ready.get().copyTo(this);
                prepared();
            }
        }
    }

    private void require(String setting, Optional<String> asked) throws CannotStart {
        if (asked.isPresent() && !asked.equals(kept(setting))) {
            throw CannotStart.because(
                    "the data in %s are of --%s %s; add --fresh to begin anew, or --data FOLDER to keep both"
                            .formatted(folder, setting, kept(setting).orElse("?")));
        }
    }

    private Optional<String> kept(String setting) {
        return Optional.ofNullable(settings.getProperty(setting));
    }

    private void store() throws IOException {
        var made = Files.createTempFile(folder, "settings", ".new");
        try (var writer = Files.newBufferedWriter(made)) {
            settings.store(writer, null);
        }
        // Renamed, so that a kill leaves the old or the new.
        Files.move(
                made,
                folder.resolve("settings.properties"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    public City city() {
        return kept(CITY).flatMap(City::of).orElseThrow();
    }

    public Kubernetes where() {
        return Kubernetes.of(kept(KUBERNETES).orElseThrow());
    }

    /** Whether the sample city is complete. */
    public boolean isPrepared() {
        return settings.containsKey(PREPARED);
    }

    /** Notes that the sample city is complete. */
    public void prepared() throws IOException {
        settings.setProperty(PREPARED, "yes");
        store();
    }

    public Path path() {
        return folder;
    }

    public Path postgres() {
        return folder.resolve("postgres");
    }

    public Path kubernetes() {
        return folder.resolve("kubernetes");
    }

    public Path log() {
        return folder.resolve("yuntai.log");
    }

    /** The register file that was imported. */
    public Path register() {
        return folder.resolve("register.xlsx");
    }

    private Path users() {
        return folder.resolve("users.tsv");
    }

    private Path hashes() {
        return folder.resolve("passwords.tsv");
    }

    /** The sample users; made when there are none yet. */
    public List<SampleUser> sampleUsers() throws IOException {
        if (!Files.exists(users()) || !Files.exists(hashes())) {
            var encoder = new BCryptPasswordEncoder();
            var users = SampleUser.of(city().plan());
            write(hashes(), users.stream().map(u -> u.login() + "\t" + hash(encoder, u)).toList());
            write(users(), users.stream().map(SampleUser::line).toList());
            newUsers = true;
        }
        return Files.readAllLines(users()).stream().map(SampleUser::ofLine).toList();
    }

    /** Whether {@link #sampleUsers()} has made them just now: their passwords are to be shown. */
    boolean hasNewUsers() {
        return newUsers;
    }

    /**
     * The sample users of a folder that may be in use.
     *
     * @throws CannotStart when there are none
     */
    public static List<SampleUser> sampleUsers(Path folder) throws CannotStart {
        try {
            return Files.readAllLines(folder.resolve("users.tsv")).stream()
                    .map(SampleUser::ofLine)
                    .toList();
        } catch (IOException e) {
            throw CannotStart.because(
                    "no sample users in " + folder + " yet; ./yuntai try makes them");
        }
    }

    private static String hash(PasswordEncoder encoder, SampleUser user) {
        return java.util.Objects.requireNonNull(encoder.encode(user.password()));
    }

    /** By login; what sign-in compares with. */
    public Map<String, String> passwordHashes() throws IOException {
        var hashes = new TreeMap<String, String>();
        for (String line : Files.readAllLines(hashes())) {
            int tab = line.indexOf('\t');
            hashes.put(line.substring(0, tab), line.substring(tab + 1));
        }
        return hashes;
    }

    /** What kubeconfigs of registered clusters are sealed with: 32 bytes in Base64, made once. */
    String clusterKey() throws IOException {
        var file = folder.resolve("cluster-key");
        if (!Files.exists(file)) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            write(file, List.of(Base64.getEncoder().encodeToString(key)));
        }
        return Files.readString(file).strip();
    }

    /** The key that reports are signed with, made once. */
    Path reportKey() throws IOException {
        var file = folder.resolve("report-key.pem");
        if (!Files.exists(file)) {
            write(file, SigningKey.generate().toPem().lines().toList());
        }
        return file;
    }

    /** Only the owner may read it, from the first byte on. */
    private void write(Path file, List<String> lines) throws IOException {
        Files.deleteIfExists(file);
        if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file, lines);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
