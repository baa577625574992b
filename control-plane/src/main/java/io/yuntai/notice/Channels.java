package io.yuntai.notice;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The ways by which notices leave the server: as configured, and none without configuration. */
@Component
@EnableConfigurationProperties(NoticeProperties.class)
class Channels implements Closeable {

    private final List<Channel> all;

    /** These and no others. */
    Channels(List<Channel> all) {
        this.all = List.copyOf(all);
    }

    @Autowired
    Channels(
            NoticeProperties properties,
            ObjectProvider<JavaMailSender> mail,
            NoticeTexts texts,
            JsonMapper json,
            Clock clock) {
        var channels = new ArrayList<Channel>();
        properties
                .mail()
                .from()
                .ifPresent(from -> {
                    var sender = mail.getIfAvailable();
                    if (sender == null) {
                        throw new IllegalStateException(
                                "yuntai.notices.mail.from is set, and spring.mail.host is not");
                    }
                    channels.add(new MailChannel(sender, from, texts));
                });
        for (var target : properties.webhooks()) {
            channels.add(new WebhookChannel(target, texts, json, clock));
        }
        this.all = List.copyOf(channels);
    }

    List<Channel> all() {
        return all;
    }

    @Override
    public void close() throws IOException {
        for (var channel : all) {
            channel.close();
        }
    }
}
