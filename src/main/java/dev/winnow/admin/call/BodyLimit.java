package dev.winnow.admin.call;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/// Keeps a JSON body within what a call can need.
@Provider
public final class BodyLimit implements ReaderInterceptor {

    private static final long MOST = 1L << 20;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (context.getMediaType().isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            context.setInputStream(new LimitedStream(context.getInputStream(), MOST));
        }
        return context.proceed();
    }
}
