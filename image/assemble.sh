#!/bin/sh
# Puts the service together under a folder as the image has it: `assemble.sh CHECKOUT FOLDER`. In the image that is /app.
#
#   runtime/    Java, cut to the modules below
#   lib/        the libraries
#   service/    Winnow's own jars, java.args (the whole command line of the JVM), sbom.json, zstd's native library
#   cache/      the AOT cache
#
# The folder's path is in java.args and in the cache: nothing of it can be moved afterwards.
set -eu

src=$1
app=$2
java=$JAVA_HOME/bin
epoch=${SOURCE_DATE_EPOCH:-315532800}
LC_ALL=C
export LC_ALL

# What the jars use (jdeps), less what they only name and never reach here: java.desktop, java.rmi, java.scripting, java.compiler
# and jdk.compiler. Besides: jdk.zipfs (Quarkus reads resources within jars), jdk.net (socket options), jdk.jfr (flight recordings).
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.security.sasl,java.sql,java.xml
modules=$modules,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs

mkdir -p "$app/service" "$app/cache"
"$java/jlink" --add-modules "$modules" --no-header-files --no-man-pages --compress zip-6 --output "$app/runtime"
cp -R "$src/target/quarkus-app/lib" "$app/lib"
cp "$src"/target/quarkus-app/quarkus/*.jar "$src"/target/quarkus-app/app/*.jar "$app/service/"

# zstd's library lies unpacked, so that nothing has to be written at the start.
case $(uname -m) in
  x86_64) machine=amd64 ;;
  *) machine=$(uname -m) ;;
esac
mkdir "$app/unpacked"
(cd "$app/unpacked" && "$java/jar" xf "$app"/lib/main/com.github.luben.zstd-jni-*.jar "linux/$machine")
mv "$app/unpacked/linux/$machine"/libzstd-jni-*.so "$app/service/libzstd-jni.so"
rm -r "$app/unpacked"

# So does the console, which is served from there.
(cd "$app/service" && "$java/jar" xf winnow-*.jar META-INF/resources)

# The one locale, which the base need not have. Without it Java takes arguments for ASCII.
mkdir "$app/service/locale"
cp -RL /usr/lib/locale/C.utf8 "$app/service/locale/C.UTF-8"

# Only what is in the package, of all that the build knows.
"$java/java" -cp "$(find "$app/lib/main" -name 'com.fasterxml.jackson.*' | sort | paste -s -d :)" \
  "$src/image/Sbom.java" "$src/target/quarkus-run-cyclonedx.json" "$app/runtime/release" "$epoch" >"$app/service/sbom.json"

# One class path instead of Quarkus's own class loader: the cache holds classes of the JVM's own loaders alone. Transformed classes
# go before those that they replace.
{
  sed "s#/app/#$app/#g" "$src/image/java.args"
  printf '%s\n' -cp
  {
    printf '%s\n' "$app/service/transformed-bytecode.jar" "$app/service/generated-bytecode.jar"
    find "$app/service" -name 'winnow-*.jar' | sort
    find "$app/lib" -name '*.jar' | sort
  } | paste -s -d :
  printf '%s\n' dev.winnow.main.Main
} >"$app/service/java.args"

# Readable for any user, and all of one time, before the cache takes the jars' times down.
chmod -R u=rwX,go=rX "$app"
find "$app" -exec touch -h -d "@$epoch" {} +

# What a short life of the service loads and compiles goes into the cache.
training=$(mktemp)
grep -v '^-XX:AOTCache=' "$app/service/java.args" >"$training"
"$java/java" "$src/image/Rehearsal.java" "$app/runtime/bin/java" "-XX:AOTCacheOutput=$app/cache/winnow.aot" "@$training"
rm "$training"
chmod 644 "$app/cache/winnow.aot"
find "$app" -exec touch -h -d "@$epoch" {} +
