// The word that was probably meant: the twin of kb/find/spelling.py. Loaded with the filters.

// The known words that are near enough, the nearest first, each behind what it is ranked by.
const nearWords = (word, known) => {
  const length = [...word].length;
  const most = length < 3 ? 0 : length < 8 ? 1 : 2;
  const found = [];
  for (const other of known) {
    const apart = Math.abs([...other].length - length);
    if (apart > most || [...other].length < 3 || other === word) continue;
    const slips = distance(word, other, most);
    if (slips <= most) found.push([slips, other[0] !== word[0], apart, other]);
  }
  return found.sort((a, b) => (before(a, b) ? -1 : 1));
};
const nearest = (word, known) => nearWords(word, known)[0]?.[3] ?? null;

const distance = (first, second, most) => {
  let earlier = [];
  let above = Array.from({ length: second.length + 1 }, (_, at) => at);
  for (let row = 1; row <= first.length; row++) {
    const here = [row];
    for (let column = 1; column <= second.length; column++) {
      const differs = first[row - 1] === second[column - 1] ? 0 : 1;
      let slips = Math.min(above[column] + 1, here[column - 1] + 1, above[column - 1] + differs);
      if (row > 1 && column > 1 && first[row - 1] === second[column - 2] && second[column - 1] === first[row - 2])
        slips = Math.min(slips, earlier[column - 2] + 1);
      here.push(slips);
    }
    if (Math.min(...here) > most) return most + 1;
    earlier = above;
    above = here;
  }
  return above.at(-1);
};
