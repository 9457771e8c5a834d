import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { onePort } from './one-port.ts'

/** An HTTP server beside one that takes HTTP/2 connections and answers with what it read. */
async function shared(timeoutMs?: number) {
  const server = createServer((_request, response) => response.end('http'))
  const toHttp2 = (socket: Socket) => {
    socket.on('data', (chunk) => socket.write(`http2 read ${chunk}`))
  }
  const port = onePort(server, toHttp2, timeoutMs)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: number } = server.address() as AddressInfo // It listens on TCP.
  return {
    open: async () => {
      const socket = connect(number, '127.0.0.1').setNoDelay()
      await once(socket, 'connect')
      return socket
    },
    dropUndecided: () => port.dropUndecided(),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      port.dropUndecided()
      server.close()
    },
  }
}

/** Sends byte after byte, each on its own, until there is an answer. */
async function answerTo(socket: Socket, text: string, byteByByte: boolean): Promise<string> {
  let answer = ''
  const answered = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      answer += chunk
      resolve()
    })
  })
  for (const part of byteByByte ? text : [text]) {
    socket.write(part)
    await nextTurn()
  }
  await answered
  socket.destroy()
  return answer
}

const get = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n'

for (const byteByByte of [false, true]) {
  const how = byteByByte ? 'a byte at a time' : 'at once'

  test(`HTTP/1.1 that comes ${how} is answered`, async () => {
    await using port = await shared()
    assert.match(await answerTo(await port.open(), get, byteByByte), /^HTTP\/1\.1 200 OK/)
  })

  test(`HTTP/2 that comes ${how} is handed on with every byte`, async () => {
    await using port = await shared()
    const socket = await port.open()
    assert.match(await answerTo(socket, 'PRI', byteByByte), /^http2 read PRI/)
  })

  test(`a method that only begins like the preface, ${how}, is HTTP/1.1`, async () => {
    await using port = await shared()
    const propfind = get.replace('GET', 'PROPFIND')
    assert.match(await answerTo(await port.open(), propfind, byteByByte), /^HTTP\/1\.1 200 OK/)
  })
}

test('bytes that are neither are refused as HTTP', async () => {
  await using port = await shared()
  assert.match(
    await answerTo(await port.open(), '\u0016\u0003\u0001 tls', false),
    /^HTTP\/1\.1 400/,
  )
})

test('who never says anything is dropped, and so is who stops after a byte', async () => {
  await using port = await shared(20)
  for (const said of ['', 'P', 'PR']) {
    const socket = await port.open()
    socket.write(said)
    await once(socket.resume(), 'close')
  }
})

test('who hangs up before saying anything does no harm', async () => {
  await using port = await shared()
  const socket = await port.open()
  socket.end()
  await once(socket.resume(), 'close')
  const reset = await port.open()
  reset.write('P')
  reset.resetAndDestroy()
  assert.match(await answerTo(await port.open(), get, false), /^HTTP\/1\.1 200 OK/)
})

test('those that have not spoken yet are dropped on closing, and no others', async () => {
  await using port = await shared()
  const silent = await port.open()
  const dropped = once(silent.resume(), 'close')
  const speaking = await port.open()
  // Connections are accepted in their order, so that the silent one is there by now.
  assert.match(await answerTo(await port.open(), get, false), /^HTTP\/1\.1 200 OK/)
  speaking.write(get.slice(0, 4))
  assert.match(await answerTo(await port.open(), get, false), /^HTTP\/1\.1 200 OK/)
  port.dropUndecided()
  await dropped
  assert.match(await answerTo(speaking, get.slice(4), false), /^HTTP\/1\.1 200 OK/)
})
