/** The edge of a drawing break: a line down at `x`, to and fro. */
export function zigzag(x: number, height: number): string {
  let path = `M${x} 0`
  for (let y = 6, side = 3; y <= height; y += 6, side = -side) path += `L${x + side} ${y}`
  return `${path}L${x} ${height}`
}
