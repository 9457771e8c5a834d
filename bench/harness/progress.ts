/** Tells on stderr how far something has come: in place on a terminal, else a line per tenth. */
export function progressOn(stream: NodeJS.WriteStream): (step: string, share: number) => void {
  let told = ''
  return (step, share) => {
    const grain = stream.isTTY ? 100 : 10
    const line = `${step}: ${(100 * Math.floor(share * grain)) / grain} %`
    if (line === told) return
    told = line
    if (!stream.isTTY) stream.write(`${line}\n`)
    else stream.write(`\r\u001b[2K${line}${share >= 1 ? '\n' : ''}`)
  }
}
