#!/bin/sh
# The first program of the guest: loads the drivers, mounts the host's files (read-only) and runs /run/out/run.sh in them.
export PATH=/bin
mount -t devtmpfs none /dev
mount -t proc none /proc
mount -t sysfs none /sys
for module in $(cat /mods/order); do
  insmod "/mods/$module.ko" || echo "GUEST_TROUBLE the driver $module did not load"
done
mount -t 9p -o trans=virtio,version=9p2000.L,msize=524288,cache=loose,ro host /host
mount -t proc none /host/proc
mount -t sysfs none /host/sys
mount -t devtmpfs none /host/dev
mkdir -p /host/dev/shm /host/dev/pts
mount -t tmpfs none /host/dev/shm
mount -t devpts none /host/dev/pts
mount -t tmpfs none /host/run
mkdir -p /host/run/out /host/run/tmp
chmod 1777 /host/run/tmp
mount -t 9p -o trans=virtio,version=9p2000.L,msize=524288 out /host/run/out
echo "GUEST_UP"
HOME=/run/tmp TMPDIR=/run/tmp PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin chroot /host /bin/sh /run/out/run.sh
code=$?
echo "GUEST_CODE $code"
sync
echo o >/proc/sysrq-trigger
sleep 10
poweroff -f
