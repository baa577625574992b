package io.yuntai.onboarding.host;

import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.unit.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of the catalogue: each edit is a row more. */
@Repository
class CatalogueStore {

    private final JdbcClient jdbc;

    CatalogueStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Has whoever edits the same entry wait for the end of this transaction. */
    void claim(String kind, String code) {
        Exclusive.CATALOGUE.hold(jdbc, kind + code);
    }

    List<HostSize> sizes() {
        return jdbc.sql(
                        """
                        select distinct on (code) * from host_size order by code, version desc
                        """)
                .query(CatalogueStore::size)
                .list();
    }

    Optional<HostSize> latestSize(String code) {
        return jdbc.sql("select * from host_size where code = ? order by version desc limit 1")
                .param(code)
                .query(CatalogueStore::size)
                .optional();
    }

    void insert(HostSize size, PersonId by, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into host_size (code, version, name, vcpu, memory_gib, gpu_model,
                                                       gpus, processor, retired, at, person)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                Arrays.asList(
                                        size.ref().code(),
                                        size.ref().version(),
                                        size.name(),
                                        size.vcpu(),
                                        size.memoryGib(),
                                        size.gpus().map(Gpus::model).orElse(null),
                                        size.gpus().map(Gpus::count).orElse(0),
                                        size.processor().map(ProcessorFamily::code).orElse(null),
                                        size.retired(),
                                        at.atOffset(ZoneOffset.UTC),
                                        by.value()))
                        .update();
    }

    List<HostImage> images() {
        return jdbc.sql(
                        """
                        select distinct on (code) * from host_image order by code, version desc
                        """)
                .query(CatalogueStore::image)
                .list();
    }

    Optional<HostImage> latestImage(String code) {
        return jdbc.sql("select * from host_image where code = ? order by version desc limit 1")
                .param(code)
                .query(CatalogueStore::image)
                .optional();
    }

    HostImage image(CatalogueRef ref) {
        return jdbc.sql("select * from host_image where code = ? and version = ?")
                .params(ref.code(), ref.version())
                .query(CatalogueStore::image)
                .single();
    }

    void insert(HostImage image, PersonId by, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into host_image (code, version, name, os, family, source, location,
                                                        minimum_disk_gib, retired, at, person)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                image.ref().code(),
                                image.ref().version(),
                                image.name(),
                                image.os(),
                                image.family().name(),
                                image.source().name(),
                                image.location(),
                                image.minimumDiskGib(),
                                image.retired(),
                                at.atOffset(ZoneOffset.UTC),
                                by.value())
                        .update();
    }

    private static HostSize size(ResultSet row, int number) throws SQLException {
        int gpus = row.getInt("gpus");
        String processor = row.getString("processor");
        return new HostSize(
                ref(row),
                row.getString("name"),
                row.getInt("vcpu"),
                row.getInt("memory_gib"),
                gpus == 0
                        ? Optional.empty()
                        : Optional.of(new Gpus(row.getString("gpu_model"), gpus)),
                Optional.ofNullable(processor).map(ProcessorFamily::ofCode),
                row.getBoolean("retired"));
    }

    private static HostImage image(ResultSet row, int number) throws SQLException {
        return new HostImage(
                ref(row),
                row.getString("name"),
                row.getString("os"),
                HostImage.Family.valueOf(row.getString("family")),
                HostImage.Source.valueOf(row.getString("source")),
                row.getString("location"),
                row.getInt("minimum_disk_gib"),
                row.getBoolean("retired"));
    }

    private static CatalogueRef ref(ResultSet row) throws SQLException {
        return new CatalogueRef(row.getString("code"), row.getInt("version"));
    }
}
