package io.yuntai.sandbox.tryout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir Path folder;

    @Test
    void belongsToOneAtATime() throws Exception {
        try (var _ = open()) {
            assertThat(refused()).contains("is running");
        }
        try (var again = open()) {
            assertThat(again.isPrepared()).isFalse();
        }
    }

    @Test
    void keepsItsCityAndItsUsers() throws Exception {
        List<SampleUser> first;
        try (var data = open("--city", "shenzhen")) {
            first = data.sampleUsers();
            data.prepared();
        }
        try (var data = open()) {
            assertThat(data.city().code()).isEqualTo("shenzhen");
            assertThat(data.sampleUsers()).isEqualTo(first);
        }
        assertThat(DataFolder.sampleUsers(folder)).isEqualTo(first);
        assertThat(refused("--city", "jiangmen")).contains("--city shenzhen", "--fresh");
        assertThat(refused("--kubernetes", "local")).contains("--kubernetes simulated");
    }

    @Test
    void beginsWithTheCityThatTheBuildHasMadeAndUsersOfItsOwn(@TempDir Path made) throws Exception {
        Files.createDirectories(made.resolve("postgres/base"));
        Files.writeString(made.resolve("postgres/base/1"), "rows");
        Files.writeString(made.resolve("register.xlsx"), "register");
        Files.writeString(made.resolve("settings.properties"), "city=jiangmen\nprepared=yes\n");
        System.setProperty("yuntai.tryout.prepared", made.toString());
        try {
            try (var data = open("--city", "shenzhen")) {
                assertThat(data.isPrepared()).isFalse();
            }
            try (var data = open("--fresh", "--city", "jiangmen", "--kubernetes", "local")) {
                assertThat(data.isPrepared()).isFalse();
            }
            try (var data = open("--fresh", "--city", "jiangmen", "--kubernetes", "simulated")) {
                assertThat(data.isPrepared()).isTrue();
                assertThat(data.postgres().resolve("base/1")).hasContent("rows");
                assertThat(data.register()).hasContent("register");
                assertThat(data.sampleUsers()).isNotEmpty();
                assertThat(data.hasNewUsers()).isTrue();
            }
            try (var data = open()) {
                assertThat(data.sampleUsers()).isNotEmpty();
                assertThat(data.hasNewUsers()).isFalse();
            }
        } finally {
            System.clearProperty("yuntai.tryout.prepared");
        }
    }

    @Test
    void beginsAnewWhenAskedTo() throws Exception {
        List<SampleUser> first;
        try (var data = open()) {
            first = data.sampleUsers();
            data.prepared();
        }
        try (var data = open("--fresh", "--city", "shenzhen")) {
            assertThat(data.isPrepared()).isFalse();
            assertThat(data.sampleUsers()).isNotEqualTo(first);
        }
    }

    @Test
    void doesAnewWhatWasLeftHalfDoneAndKeepsTheUsersThatWerePrinted() throws Exception {
        var left = folder.resolve("postgres/half");
        List<SampleUser> first;
        try (var data = open()) {
            first = data.sampleUsers();
            Files.createDirectories(left);
        }
        try (var data = open()) {
            assertThat(left).doesNotExist();
            assertThat(data.sampleUsers()).isEqualTo(first);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
    void onlyTheOwnerReadsPasswords() throws Exception {
        try (var data = open()) {
            var users = data.sampleUsers();
            assertThat(data.passwordHashes())
                    .hasSameSizeAs(users)
                    .allSatisfy((_, hash) -> assertThat(hash).startsWith("$2a$"));
        }
        for (String file : List.of("users.tsv", "passwords.tsv")) {
            assertThat(Files.getPosixFilePermissions(folder.resolve(file)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void leavesAFolderAloneThatIsSomebodyElses() throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "years of work");

        assertThat(refused("--fresh")).contains("not empty");
    }

    private DataFolder open(String... words) throws CannotStart {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", folder.toString()));
        return DataFolder.open(Options.read(all));
    }

    private String refused(String... words) {
        return catchThrowableOfType(CannotStart.class, () -> open(words).close()).line();
    }
}
