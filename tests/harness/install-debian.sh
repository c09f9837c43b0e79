#!/bin/sh
# Installs the Debian packages the tests need: to build Redmine servers, to look at pages as a
# customer does, and to keep a mirror in PostgreSQL. Quick and silent about what is there already.
set -eu

wanted="${*:-debootstrap debian-archive-keyring chromium chromium-driver postgresql
    fonts-dejavu-core fonts-noto-core libpango-1.0-0 libpangoft2-1.0-0}"

missing=""
for package in $wanted; do
    case $(dpkg-query --show --showformat='${Status}' "$package" 2> /dev/null || true) in
        *" installed") ;;
        *) missing="$missing $package" ;;
    esac
done

if [ -z "$missing" ]; then
    echo "All Debian packages for the tests are installed."
    exit 0
fi
if ! command -v apt-get > /dev/null; then
    echo "This is not Debian. Install what gives these, by your system's means:$missing" >&2
    exit 1
fi
if [ "$(id -u)" != 0 ]; then
    echo "These packages are missing:$missing" >&2
    echo "  next: as root, run: sh tests/harness/install-debian.sh" >&2
    exit 1
fi

echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 # with this run level no service is started
apt-get -qq -o DPkg::Lock::Timeout=600 update
# shellcheck disable=SC2086 # one word for each package
apt-get -qq -y -o DPkg::Lock::Timeout=600 install --no-install-recommends $missing > /dev/null
echo "Installed:$missing"
