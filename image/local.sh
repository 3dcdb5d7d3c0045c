#!/bin/sh
# Puts the packaged service together as the image has it, for a run on this machine without a container, and prints the
# folder: `image/local.sh`, once ./mvnw package is done, with JAVA_HOME as for the build. It is below target/, made once for
# each package; FOLDER/runtime/bin/java @FOLDER/service/java.args is the command line.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
[ -f "$root/target/quarkus-app/quarkus-run.jar" ] || {
  echo 'Cannot put the service together: there is no target/quarkus-app; ./mvnw package makes it' >&2
  exit 2
}
package=$(cd "$root" && find target/quarkus-app image -type f | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum | cut -c1-12)
all=$root/target/image
folder=$all/$package
mkdir -p "$all"
exec 9>"$all/lock"
flock 9
if ! [ -e "$folder/.complete" ]; then
  find "$all" -mindepth 1 -maxdepth 1 -type d -exec rm -r {} +
  sh "$root/image/assemble.sh" "$root" "$folder" >"$all/assemble.log" 2>&1 9>&- </dev/null || {
    tail -n 20 "$all/assemble.log" >&2
    exit 1
  }
  touch "$folder/.complete"
fi
echo "$folder"
