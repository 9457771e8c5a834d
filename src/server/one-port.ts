import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The other half of a port that speaks two protocols. */
export interface OnePort {
  /** Drops the connections that have not said yet what they speak. */
  dropUndecided(): void
}

// The first bytes of HTTP/2 (RFC 9113, 3.4). No method of HTTP/1.1 begins with them.
const preface = 'PRI'
const decisionTimeoutMs = 10_000

/**
 * Lets an HTTP/1.1 server share its port with HTTP/2: every connection is looked at, and those that
 * begin with the preface of HTTP/2 go to `acceptHttp2`, untouched. The HTTP/1.1 server still
 * listens and closes, so that its own timeouts and limits keep working.
 */
export function onePort(
  http1: Server,
  acceptHttp2: (socket: Socket) => void,
  timeoutMs = decisionTimeoutMs,
): OnePort {
  const acceptHttp1 = http1.listeners('connection')
  http1.removeAllListeners('connection')
  const undecided = new Set<Socket>()
  http1.on('connection', (socket: Socket) => {
    undecided.add(socket)
    socket.once('close', () => undecided.delete(socket))
    decide(socket, timeoutMs, (isHttp2) => {
      undecided.delete(socket)
      if (isHttp2) acceptHttp2(socket)
      else for (const accept of acceptHttp1) accept.call(http1, socket)
    })
  })
  return {
    dropUndecided() {
      for (const socket of undecided) socket.destroy()
    },
  }
}

/** Reads until the first bytes tell, and puts them back. Who is silent for too long is dropped. */
function decide(socket: Socket, timeoutMs: number, then: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0)
  const drop = () => socket.destroy()
  const look = () => {
    const chunk: Buffer | null = socket.read()
    if (chunk === null) return
    seen = Buffer.concat([seen, chunk])
    const start = seen.toString('latin1', 0, preface.length)
    if (start.length < preface.length && preface.startsWith(start)) return
    socket.off('readable', look).off('end', drop).off('error', drop).off('timeout', drop)
    socket.setTimeout(0)
    socket.unshift(seen)
    then(start === preface)
  }
  socket.on('readable', look).on('end', drop).on('error', drop).on('timeout', drop)
  socket.setTimeout(timeoutMs)
}
