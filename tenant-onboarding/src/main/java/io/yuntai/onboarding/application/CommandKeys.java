package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes commands about applications once that are sent more than once: whoever has lost an answer
 * sends the same again, and learns how things stand in place of being refused for his own success.
 */
@Service
@Transactional
public class CommandKeys {

    private final CommandKeyStore store;
    private final Applications applications;
    private final Clock clock;

    CommandKeys(CommandKeyStore store, Applications applications, Clock clock) {
        this.store = store;
        this.applications = applications;
        this.clock = clock;
    }

    /**
     * Takes a command, unless it was taken by this person under this key before. The key stands or
     * falls with the step: what was refused, or died half-way, may be sent again with it.
     *
     * @param content what the command is, 1 to 200 characters: equal for the same and for nothing
     *     else
     * @param command gives the application as the step has left it
     * @return the application; as it is now where the command was taken before
     * @throws Refused CONFLICT {@code ID_REUSED} when the key stands for something else
     */
    public Application once(
            Actor actor, CommandKey key, String content, Supplier<Application> command) {
        store.hold(actor.person(), key);
        var before = store.find(actor.person(), key);
        if (before.isPresent()) {
            if (!before.get().content().equals(content)) {
                throw Refused.conflict("ID_REUSED");
            }
            return applications.get(actor, before.get().application()).application();
        }
        var taken = command.get();
        store.insert(actor.person(), key, taken.id(), content, clock.instant());
        return taken;
    }
}
