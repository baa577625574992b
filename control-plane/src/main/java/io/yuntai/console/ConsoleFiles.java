package io.yuntai.console;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * The files of the console. Those named after a hash of their content never change and are kept by
 * browsers; every other one is asked for again. An address that is a page of the console and no
 * file is answered with its one HTML page, which finds the rest.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleFiles implements WebMvcConfigurer {

    private static final String FILES = "classpath:/static/";
    private static final Duration ONE_YEAR = Duration.ofDays(365);

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        var _ =
                registry.addResourceHandler("/assets/**")
                        .addResourceLocations(FILES + "assets/")
                        .setCacheControl(CacheControl.maxAge(ONE_YEAR).cachePublic().immutable());
        var _ =
                registry.addResourceHandler("/**")
                        .addResourceLocations(FILES)
                        .setCacheControl(CacheControl.noCache())
                        .resourceChain(true)
                        .addResolver(new Pages());
    }

    private static final class Pages extends PathResourceResolver {

        /** Neither one of the server's own addresses nor named like a file. */
        private static final Pattern PAGE =
                Pattern.compile("(?!(?:api|actuator|oauth2|login|logout)(?:/|$))[^.]*");

        @Override
        protected @Nullable Resource getResource(String path, Resource files) throws IOException {
            Resource file = super.getResource(path, files);
            if (file == null && PAGE.matcher(path).matches()) {
                return super.getResource("index.html", files);
            }
            return file;
        }
    }
}
