import Foundation

/// A server in a process of its own that prints lines of JSON. It ends with this process, however this process ends.
package final class Server: @unchecked Sendable {
    /// Hands on the lines of its standard input until that ends, which is the end of whoever started it. Not a milder signal:
    /// those are blocked in whatever a thread of Dispatch starts.
    private static let keeper =
        #"exec 3> >(exec "$@"); while IFS= read -r line; do printf '%s\n' "$line" >&3; done; kill -9 $! 2>/dev/null"#

    /// While a server is started: a program that another thread starts meanwhile would keep these pipes open.
    private static let starting = NSLock()
    /// Each lives as long as this process, so that a test may keep no more of it than an address.
    nonisolated(unsafe) private static var running: [Server] = []

    private let process = Process()
    private let input: Pipe
    private let lines: Lines

    package init(_ program: String, _ arguments: [String]) throws {
        Self.starting.lock()
        defer { Self.starting.unlock() }
        input = Self.privatePipe()
        let output = Self.privatePipe()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", Self.keeper, "bash", program] + arguments
        process.standardInput = input
        process.standardOutput = output
        lines = Lines(output.fileHandleForReading)
        try process.run()
        Self.running.append(self)
    }

    /// One that later programs do not inherit: each would keep this server alive, and itself be kept by the next.
    private static func privatePipe() -> Pipe {
        let pipe = Pipe()
        for end in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
            _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
        }
        return pipe
    }

    /// The next line, as JSON.
    package func json() async throws -> Json {
        Json(try JSONSerialization.jsonObject(with: Data(await lines.next().utf8)))
    }

    /// The next line.
    package func line() async throws -> String { try await lines.next() }

    /// The next event of this kind; others are passed over.
    package func event(_ kind: String) async throws -> Json {
        while true {
            let event = try await json()
            if event["event"].text == kind { return event }
        }
    }

    /// Says a line to the program.
    package func say(_ line: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
    }
}

/// The lines of a pipe, read as they come, so that the writer never waits for a full pipe.
private final class Lines: Sendable {
    private let stream: AsyncStream<String>
    private let reader: Reader

    init(_ handle: FileHandle) {
        let (stream, continuation) = AsyncStream<String>.makeStream()
        self.stream = stream
        reader = Reader(stream)
        Thread.detachNewThread {
            var rest = Data()
            while case let data = handle.availableData, !data.isEmpty {
                rest.append(data)
                while let end = rest.firstIndex(of: 10) {
                    continuation.yield(String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
                    rest = Data(rest[rest.index(after: end)...])
                }
            }
            continuation.finish()
        }
    }

    func next() async throws -> String {
        guard let line = await reader.next() else { throw ServerEnded() }
        return line
    }

    /// One reader at a time, in the order of their asking.
    private actor Reader {
        private var last: Task<String?, Never>?
        private let box: Box
        init(_ stream: AsyncStream<String>) { box = Box(stream.makeAsyncIterator()) }
        func next() async -> String? {
            let (before, box) = (last, box)
            let mine = Task { () -> String? in
                _ = await before?.value
                return await box.next()
            }
            last = mine
            return await mine.value
        }
    }

    private final class Box: @unchecked Sendable {
        private var iterator: AsyncStream<String>.Iterator
        init(_ iterator: AsyncStream<String>.Iterator) { self.iterator = iterator }
        func next() async -> String? { await iterator.next() }
    }
}

/// The server went away before it said what was waited for.
package struct ServerEnded: Error {}
