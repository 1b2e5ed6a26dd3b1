#!/usr/bin/env bash
# Fetches the programs that tests against the server start and that no Maven repository has: Chromium, nginx and HAProxy.
#
# Those that the machine has are used as they are. Of the others, the packages of Debian are unpacked below the folder that is
# given, and not installed: the caller need not be root, and the machine stays as it is. The folder's bin starts them.
set -euo pipefail

home=$1
PATH=$PATH:/usr/sbin:$home/bin

has() {
  command -v "$@" > /dev/null
}

programs=() packages=()
if [[ -z ${STOMPLINE_CHROMIUM:-} ]] && ! has chromium && ! has chromium-browser && ! has google-chrome; then
  programs+=(/usr/lib/chromium/chromium) packages+=(chromium)
fi
if ! has nginx; then
  programs+=(/usr/sbin/nginx) packages+=(nginx-light)
fi
if ! has haproxy; then
  programs+=(/usr/sbin/haproxy) packages+=(haproxy)
fi
if ((${#packages[@]} == 0)); then
  exit
fi
if ! has apt-get; then
  echo "Tests will fail for want of ${packages[*]}: install them, this machine has no apt-get to fetch them with."
  exit
fi

echo "Fetching ${packages[*]} into $home, once"
work=$home/apt root=$home/root
mkdir -p "$work"/state/lists/partial "$work"/cache/archives/partial "$work"/packages "$root" "$home/bin"
# Lists and archives of our own, because those of the machine are root's.
apt=(apt-get -qq -o "Dir::State=$work/state" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
"${apt[@]}" update
# With what they depend on and the machine has not.
names=$("${apt[@]}" --simulate --no-install-recommends install "${packages[@]}" | sed -n 's/^Inst \([^ ]*\) .*/\1/p')
(cd "$work/packages" && xargs "${apt[@]}" download <<< "$names")
for package in "$work"/packages/*.deb; do
  dpkg-deb --extract "$package" "$root"
done

libraries=$(find "$root"/lib/*-linux-gnu "$root"/usr/lib/*-linux-gnu -maxdepth 2 -name '*.so*' -printf '%h\n' 2> /dev/null | sort -u | paste -sd :)
cat > "$home/fonts.conf" << END
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>$root/usr/share/fonts</dir><cachedir>$home/fonts</cachedir></fontconfig>
END
for program in "${programs[@]}"; do
  if [[ ! -x $root$program ]]; then
    echo "The packages of this machine's distribution have no $program: install it." >&2
    exit 1
  fi
  {
    echo '#!/bin/sh'
    echo "export LD_LIBRARY_PATH='$libraries'"
    echo "export FONTCONFIG_FILE='$home/fonts.conf'"
    echo "exec '$root$program' \"\$@\""
  } > "$work/start"
  chmod +x "$work/start"
  mv "$work/start" "$home/bin/${program##*/}"
done
rm -r "$work"
