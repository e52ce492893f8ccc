/** A length of time for people: '9.2 ms', '118 ms', '3.1 s', '47 s', '4 min 58 s', '2 h 5 min'. From milliseconds. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 9.95) return `${trimmed(milliseconds)} ms`
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 9_950) return `${trimmed(milliseconds / 1000)} s`
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return joined(minutes, 'min', seconds % 60, 's')
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

const trimmed = (value: number): string => String(Number(value.toFixed(1)))

const joined = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`
