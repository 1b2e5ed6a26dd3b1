#!/usr/bin/env bash
# Fetches the programs that tests against the server start and that no Maven repository has: Chromium, nginx, HAProxy and the
# Python modules stomp and websockets. With "long" behind the folder Firefox, too.
#
# Those that the machine has are used as they are. Of the others, the packages of Debian are unpacked below the folder that is
# given, and not installed: the caller need not be root, and the machine stays as it is. The folder's bin starts them;
# its folder python is for PYTHONPATH.
set -euo pipefail

home=$1
machine=$PATH
PATH=$PATH:/usr/sbin:$home/bin

has() {
  command -v "$@" > /dev/null
}

programs=() packages=()
# Chromium without what shows windows takes less than half of the processor's time.
if [[ -z ${STOMPLINE_CHROMIUM:-} ]] && ! has chromium-headless-shell \
  && ! PATH=$machine has chromium && ! PATH=$machine has chromium-browser && ! PATH=$machine has google-chrome; then
  programs+=(/usr/lib/chromium/chromium-headless-shell) packages+=(chromium-headless-shell)
fi
if [[ ${2:-} == long ]] && ! has firefox-esr; then
  programs+=(/usr/lib/firefox-esr/firefox-esr) packages+=(firefox-esr)
fi
if ! has nginx; then
  programs+=(/usr/sbin/nginx) packages+=(nginx-light)
fi
if ! has haproxy; then
  programs+=(/usr/sbin/haproxy) packages+=(haproxy)
fi
if ! has python3; then
  programs+=(/usr/bin/python3) packages+=(python3)
fi
modules=()
if ! PYTHONPATH=$home/python python3 -c 'import stomp; stomp.WSStompConnection; import websockets.sync' 2> /dev/null; then
  modules=(python3-stomp python3-websocket python3-docopt python3-websockets)
fi
if ((${#packages[@]} + ${#modules[@]} == 0)); then
  exit
fi
if ! has apt-get; then
  echo "Tests will fail for want of ${packages[*]} ${modules[*]}: install them, this machine has no apt-get to fetch them with."
  exit
fi

echo "Fetching ${packages[*]} ${modules[*]} into $home, once"
work=$home/apt root=$home/root
mkdir -p "$work"/state/lists/partial "$work"/cache/archives/partial "$work"/packages "$work"/modules "$root" "$home/bin"
# Lists and archives of our own, because those of the machine are root's.
apt=(apt-get -qq -o "Dir::State=$work/state" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
"${apt[@]}" update

unpack_programs() {
  # With what they depend on and the machine has not.
  names=$("${apt[@]}" --simulate --no-install-recommends install "${packages[@]}" | sed -n 's/^Inst \([^ ]*\) .*/\1/p')
  (cd "$work/packages" && xargs "${apt[@]}" download <<< "$names")
  for package in "$work"/packages/*.deb; do
    dpkg-deb --extract "$package" "$root"
  done

  # Not every machine lacks a package with files in each of the two.
  folders=$(compgen -G "$root/lib/*-linux-gnu" || true; compgen -G "$root/usr/lib/*-linux-gnu")
  libraries=$(xargs -I{} find {} -maxdepth 2 -name '*.so*' -printf '%h\n' <<< "$folders" | sort -u | paste -sd :)
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
}

unpack_modules() {
  # stomp.py speaks WebSocket from 8.1 on, and Debian 12 has 8.0. There the packages are Debian 13's, which run with any Python 3.
  if [[ $(. /etc/os-release && echo "${VERSION_CODENAME:-}") == bookworm ]]; then
    "${apt[@]}" indextargets --format 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(REPO_URI) trixie main' \
      'Created-By: Packages' 'Label: Debian' 'Codename: bookworm' 'Component: main' > "$work/trixie.list"
    apt+=(-o "Dir::Etc::SourceList=$work/trixie.list" -o Dir::Etc::SourceParts=-)
    "${apt[@]}" update
  fi
  (cd "$work/modules" && "${apt[@]}" download "${modules[@]}")
  for package in "$work"/modules/*.deb; do
    dpkg-deb --extract "$package" "$work/modules"
  done
  rm -rf "$home/python"
  mv "$work/modules/usr/lib/python3/dist-packages" "$home/python"
}

if ((${#packages[@]} > 0)); then
  unpack_programs
fi
if ((${#modules[@]} > 0)); then
  unpack_modules
fi
rm -r "$work"
