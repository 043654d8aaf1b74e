/** Eigenvalues of a small symmetric matrix, by Jacobi's rotations. */

/** Rotate rows and columns p and q so that the entry (p, q) becomes 0. */
function rotate(matrix, p, q) {
  if (matrix[p][q] === 0) return;
  const theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
  const t = (Math.sign(theta) || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const turn = (a, b) => [c * a - t * c * b, t * c * a + c * b];
  for (const line of matrix) [line[p], line[q]] = turn(line[p], line[q]);
  for (let d = 0; d < matrix.length; d++) [matrix[p][d], matrix[q][d]] = turn(matrix[p][d], matrix[q][d]);
}

/** The smallest eigenvalue. @param {number[][]} symmetric */
export function smallestEigenvalue(symmetric) {
  const matrix = symmetric.map((line) => [...line]);
  const D = matrix.length;
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < D; p++) for (let q = p + 1; q < D; q++) rotate(matrix, p, q);
  }
  return Math.min(...matrix.map((line, d) => line[d]));
}
