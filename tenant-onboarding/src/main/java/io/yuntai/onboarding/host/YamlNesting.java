package io.yuntai.onboarding.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * How deep a text of YAML goes, read event by event: whoever builds something of it, or writes it
 * again, calls himself once for each level, and what holds itself has no end.
 */
final class YamlNesting {

    private final Deque<Level> open = new ArrayDeque<>();
    private final Map<Anchor, Integer> heights = new HashMap<>();

    /** One collection that is not at its end yet, and how many levels it has by now. */
    private static final class Level {
        private final Optional<Anchor> anchor;
        private int height = 1;

        Level(Optional<Anchor> anchor) {
            this.anchor = anchor;
        }
    }

    private YamlNesting() {}

    /**
     * Whether it has more levels, those that aliases repeat included, or holds itself.
     *
     * @throws YamlEngineException when it is no YAML
     */
    static boolean exceeds(String text, LoadSettings settings, int most) {
        return new YamlNesting().isDeeper(text, settings, most);
    }

    private boolean isDeeper(String text, LoadSettings settings, int most) {
        for (var event : new Parse(settings).parseString(text)) {
            int beyond =
                    switch (event) {
                        case CollectionStartEvent start -> {
                            open.push(new Level(start.getAnchor()));
                            yield 0;
                        }
                        case CollectionEndEvent _ -> {
                            end();
                            yield 0;
                        }
                        case AliasEvent alias -> {
                            if (isOpen(alias.getAlias())) {
                                yield most;
                            }
                            int height = heights.getOrDefault(alias.getAlias(), 0);
                            raise(height);
                            yield height;
                        }
                        default -> 0;
                    };
            if (open.size() + beyond > most) {
                return true;
            }
        }
        return false;
    }

    private void end() {
        var level = open.pop();
        level.anchor.ifPresent(anchor -> heights.put(anchor, level.height));
        raise(level.height);
    }

    /** Whatever holds something is one level higher than that. */
    private void raise(int height) {
        if (!open.isEmpty()) {
            open.peek().height = Math.max(open.peek().height, height + 1);
        }
    }

    private boolean isOpen(Anchor anchor) {
        return open.stream().anyMatch(level -> level.anchor.filter(anchor::equals).isPresent());
    }
}
