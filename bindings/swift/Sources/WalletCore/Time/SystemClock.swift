import Foundation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The phone's clocks: wall time, and time since the phone was started with sleep counted.
public final class SystemClock: Clock {
    private let boot: String

    /// Reads which start of the phone this is.
    public init() {
        boot = Self.currentBoot()
    }

    public func now() throws -> Moment {
        guard let sinceBoot = Self.sinceBootMilliseconds() else { throw PortError.Unexpected(class: "clock_gettime") }
        return Moment(wallSeconds: Int64(Date().timeIntervalSince1970.rounded(.down)), sinceBootMs: sinceBoot, bootId: boot)
    }

    private static func sinceBootMilliseconds() -> UInt64? {
        #if canImport(Darwin)
            // Counts while the phone sleeps; CLOCK_UPTIME_RAW does not.
            let clock = CLOCK_MONOTONIC_RAW
        #else
            let clock = CLOCK_BOOTTIME
        #endif
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { return nil }
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }

    private static func currentBoot() -> String {
        #if canImport(Darwin)
            // Made anew at each start. Where an app may not read it, the time of the start tells starts apart; setting
            // the wall clock changes that one, which restarts a PIN's delay and nothing worse.
            var size = 0
            if sysctlbyname("kern.bootsessionuuid", nil, &size, nil, 0) == 0, size > 1 {
                var text = [CChar](repeating: 0, count: size)
                if sysctlbyname("kern.bootsessionuuid", &text, &size, nil, 0) == 0 { return String(cString: text) }
            }
            var started = timeval()
            size = MemoryLayout<timeval>.size
            guard sysctlbyname("kern.boottime", &started, &size, nil, 0) == 0 else { return "" }
            return "\(started.tv_sec)"
        #else
            let id = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
            return id?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        #endif
    }
}
