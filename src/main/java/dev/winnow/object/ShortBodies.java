package dev.winnow.object;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/// Sends short bodies without asking first.
///
/// The SDK asks S3 by `Expect: 100-continue` (RFC 9110, section 10.1.1) before every body and waits for the answer,
/// which saves sending one that is refused and costs a round trip for each that is not. Later versions do so from 1 MB
/// on by themselves: <https://github.com/aws/aws-sdk-java-v2/pull/6864>.
final class ShortBodies implements ExecutionInterceptor {

    /// The first size, in bytes, that is worth a question.
    static final long LONG = 1 << 20;

    private static final String EXPECT = "Expect";

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes call) {
        SdkHttpRequest request = context.httpRequest();
        return request.firstMatchingHeader(EXPECT).isPresent() && isShort(context)
                ? request.toBuilder().removeHeader(EXPECT).build()
                : request;
    }

    private static boolean isShort(Context.ModifyHttpRequest context) {
        return context.requestBody()
                .flatMap(body -> body.optionalContentLength())
                .map(length -> length < LONG)
                .orElse(false);
    }
}
