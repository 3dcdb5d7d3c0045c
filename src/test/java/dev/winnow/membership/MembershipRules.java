package dev.winnow.membership;

import dev.winnow.decision.Rules;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The membership rules outside the container, under the defaults or given settings.
final class MembershipRules {

    private MembershipRules() {}

    static Rules byDefault() {
        return with(Map.of());
    }

    static Rules with(Map<String, String> settings) {
        MembershipConfig config = config(settings);
        return Rules.of(new Membership(config), validators(config));
    }

    /// The rules by default, with a look at the validator behind them.
    static Rules watched(UnaryOperator<Validator> watch) {
        MembershipConfig config = config(Map.of());
        ValidatorFactory validators = validators(config);
        Validator watched = watch.apply(validators.getValidator());
        ValidatorFactory watching = (ValidatorFactory) Proxy.newProxyInstance(
                MembershipRules.class.getClassLoader(),
                new Class<?>[] {ValidatorFactory.class},
                (_, method, arguments) ->
                        method.getName().equals("getValidator") ? watched : method.invoke(validators, arguments));
        return Rules.of(new Membership(config), watching);
    }

    static MembershipConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(MembershipConfig.class)
                .build()
                .getConfigMapping(MembershipConfig.class);
    }

    private static ValidatorFactory validators(MembershipConfig config) {
        var configuration = Validation.byDefaultProvider().configure();
        var builtIn = configuration.getDefaultConstraintValidatorFactory();
        Map<Class<?>, ConstraintValidator<?, ?>> own = Map.of(
                MobileNumber.Check.class, new MobileNumber.Check(config),
                EmailDomain.Check.class, new EmailDomain.Check(config),
                OfAge.Check.class, new OfAge.Check(config));
        return configuration
                .constraintValidatorFactory(new ConstraintValidatorFactory() {
                    @Override
                    public <T extends ConstraintValidator<?, ?>> T getInstance(Class<T> type) {
                        ConstraintValidator<?, ?> ours = own.get(type);
                        return ours == null ? builtIn.getInstance(type) : type.cast(ours);
                    }

                    @Override
                    public void releaseInstance(ConstraintValidator<?, ?> instance) {}
                })
                .buildValidatorFactory();
    }
}
