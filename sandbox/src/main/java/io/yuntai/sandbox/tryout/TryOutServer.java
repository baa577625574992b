package io.yuntai.sandbox.tryout;

import io.yuntai.ControlPlane;
import io.yuntai.billing.metering.UsageSource;
import io.yuntai.console.Preparation;
import io.yuntai.onboarding.kubernetes.ClusterConnections;
import io.yuntai.sandbox.signin.SampleLogins;
import io.yuntai.sandbox.signin.SignIn;
import io.yuntai.sandbox.traces.TraceUsage;
import io.yuntai.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The server itself, with what a real installation would have outside. */
record TryOutServer(
        int port,
        Clock clock,
        PostgresServer postgres,
        ClusterConnections clusters,
        SampleLogins logins,
        Preparation preparation,
        String clusterKey,
        Path reportKey,
        Path log) {

    ConfigurableApplicationContext start() {
        var application = new SpringApplication(ControlPlane.class, SignIn.class);
        application.setBannerMode(Banner.Mode.OFF);
        // Parts are ended in their order by whoever started them.
        application.setRegisterShutdownHook(false);
        application.addInitializers(this::handIn);
        return application.run(arguments().toArray(String[]::new));
    }

    private void handIn(ConfigurableApplicationContext context) {
        if (context instanceof GenericApplicationContext beans) {
            beans.registerBean(Clock.class, () -> clock);
            beans.registerBean(ClusterConnections.class, () -> clusters);
            beans.registerBean(SampleLogins.class, () -> logins);
            beans.registerBean("traces", UsageSource.class, TraceUsage::new);
            beans.registerBean(Preparation.class, () -> preparation);
        }
    }

    /** As arguments, for nothing is stronger: an installation's environment must not leak in. */
    private List<String> arguments() {
        var properties = new TreeMap<>(SignIn.clientProperties(port));
        properties.put("server.address", "127.0.0.1");
        properties.put("server.port", Integer.toString(port));
        properties.put("spring.datasource.url", postgres.url("postgres"));
        properties.put("spring.datasource.username", PostgresServer.USER);
        properties.put("spring.datasource.password", "");
        properties.put("yuntai.cluster-keys.current", "tryout");
        properties.put("yuntai.cluster-keys.keys.tryout", clusterKey);
        properties.put("yuntai.report.key-file", reportKey.toString());
        // A power failure may cost the last half second; a kill of this process costs nothing.
        properties.put(
                "spring.datasource.hikari.connection-init-sql",
                "set role yuntai_app; set synchronous_commit = off");
        properties.put("logging.file.name", log.toString());
        // The terminal is for what its reader has to know; the file has the rest.
        properties.put("logging.threshold.console", "OFF");
        var arguments = new ArrayList<String>();
        properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments;
    }
}
