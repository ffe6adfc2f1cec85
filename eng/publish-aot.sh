#!/usr/bin/env bash
# Publishes the native programs that SynthesizeMe.Aot.Tests runs: eng/publish-aot.sh FOLDER, then SYNTHESIZEME_AOT=FOLDER dotnet test.
# Each program has a folder of its name and a log. Where this machine lacks what NativeAOT needs, skipped.txt says what, and that is no error.
set -uo pipefail
[ $# = 1 ] || { echo "usage: eng/publish-aot.sh FOLDER" >&2; exit 2; }
mkdir -p "$1" && folder=$(cd "$1" && pwd) && cd "$(dirname "$0")/.." || exit 2

skip() {
  echo "NativeAOT is not tested here: $1" | tee "$folder/skipped.txt"
  exit 0
}

command -v clang >/dev/null || command -v gcc >/dev/null || skip "it needs a C linker, and neither clang nor gcc is on the PATH."

for project in samples/AotJudge tests/SynthesizeMe.AotCompatibility; do
  name=$(basename "$project")
  log=$folder/$name.log
  start=$SECONDS
  dotnet restore "$project" --nologo >"$log" 2>&1 || skip "its compiler cannot be restored. $(grep -m1 -o 'error .*' "$log")"
  # The native compiler starts afresh in the folder: it is not rerun on what it has compiled, and would not repeat its warnings.
  dotnet publish "$project" --no-restore --nologo -c Release -v minimal -o "$folder/$name" -p:NativeIntermediateOutputPath="$folder/obj/$name/" >>"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
  }
  echo "$name: $(stat -c %s "$folder/$name/$name") bytes, published in $((SECONDS - start)) s"
done
