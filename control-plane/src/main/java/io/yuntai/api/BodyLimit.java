package io.yuntai.api;

import io.yuntai.api.spreadsheet.RegisterFiles;
import io.yuntai.onboarding.application.AttachedFile;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends the reading of a body that is longer than its endpoint could need, whether it says its
 * length beforehand or not. Nothing is read of a body that nobody asks for.
 */
@Component
class BodyLimit extends OncePerRequestFilter {

    private static final long OF_JSON = 1 << 20;
    private static final List<String> FILES =
            List.of("/api/v1/imports/", "/api/v1/adoptions/", "/api/v1/usage-imports/");
    private static final Pattern ATTACHMENTS =
            Pattern.compile("/api/v1/applications/[^/]+/attachments/[^/]+");

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Limited(request, limit(request.getRequestURI())), response);
    }

    private static long limit(String path) {
        if (FILES.stream().anyMatch(path::startsWith)) {
            return RegisterFiles.MAX_BYTES;
        }
        return ATTACHMENTS.matcher(path).matches() ? AttachedFile.MAX_BYTES : OF_JSON;
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final long limit;

        Limited(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (getContentLengthLong() > limit) {
                throw new ContentTooLarge(limit);
            }
            return new Counted(super.getInputStream(), limit);
        }
    }

    private static final class Counted extends ServletInputStream {

        private final ServletInputStream in;
        private final long limit;
        private long count;

        Counted(ServletInputStream in, long limit) {
            this.in = in;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            count += read;
            if (count > limit) {
                throw new ContentTooLarge(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
