package io.yuntai.onboarding.host;

import io.yuntai.onboarding.Fault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** User data for cloud-init: what may be handed in, and what a host is given. */
public final class CloudInit {

    /** So many bytes of UTF-8; clouds' own metadata services take no more. */
    public static final int MAX_BYTES = 16 * 1024;

    private static final String HEAD = "#cloud-config";
    private static final String KEYS = "ssh_authorized_keys";
    private static final int MAX_ALIASES = 20;
    private static final int MAX_NESTING = 50;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder()
                    .setMaxAliasesForCollections(MAX_ALIASES)
                    .setAllowDuplicateKeys(false)
                    .setCodePointLimit(MAX_BYTES)
                    .build();

    private CloudInit() {}

    /**
     * What is wrong with a text as user data; empty: nothing.
     *
     * @param pointer where it stands in what was handed in
     */
    public static Optional<Fault> fault(String text, String pointer) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        // Never parsed, nor even counted in full, when it is far too long.
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of(Fault.at(pointer, "USER_DATA_TOO_LARGE", MAX_BYTES));
        }
        if (!text.startsWith(HEAD)) {
            return Optional.of(Fault.at(pointer, "NOT_CLOUD_CONFIG"));
        }
        try {
            // Before anything is built of it, which goes as deep as the text says.
            if (YamlNesting.exceeds(text, SETTINGS, MAX_NESTING)) {
                return Optional.of(Fault.at(pointer, "USER_DATA_TOO_DEEP", MAX_NESTING));
            }
            var _ = document(text);
            return Optional.empty();
        } catch (YamlEngineException | IllegalArgumentException e) {
            return Optional.of(Fault.at(pointer, "NOT_YAML"));
        }
    }

    /** What the host is given: the user data, its name and the keys in one document. */
    public static String document(String hostName, HostSetup.FirstLogin login) {
        var document = new LinkedHashMap<String, Object>();
        document.put("hostname", hostName);
        if (!login.userData().isEmpty()) {
            document.putAll(document(login.userData()));
        }
        var keys = new LinkedHashSet<Object>();
        if (document.get(KEYS) instanceof List<?> own) {
            keys.addAll(own);
        }
        keys.addAll(login.sshKeys());
        if (!keys.isEmpty()) {
            document.put(KEYS, new ArrayList<>(keys));
        }
        var settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return HEAD + "\n" + new Dump(settings).dumpToString(document);
    }

    private static Map<String, Object> document(String text) {
        var loaded = new Load(SETTINGS).loadFromString(text);
        if (loaded == null) {
            return Map.of();
        }
        if (!(loaded instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("not a mapping");
        }
        var document = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> document.put(String.valueOf(key), value));
        return document;
    }

    /** Tells two texts apart without telling what they say. */
    static String digest(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
