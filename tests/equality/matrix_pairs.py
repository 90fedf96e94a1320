"""Pairs of matrix formulas of unspecified shape with the verdict they deserve: (family, symbols, key, answer, equal).

Near misses hold for special matrices only: 1×1, 2×2, square, symmetric, commuting, orthogonal or of full rank.
"""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    family: str
    symbols: str
    expected: str
    given: str
    equal: bool


RIDGE = "X:n*d, y:n, w:d, lambda>0"
TIKHONOV = "A:m*n, b:m, W1:k*m, W2:l*n, c:n, x:n"
SQUARE = "A:n*n, B:n*n, C:n*n, x:n, y:n"
SYMMETRIC = "S:symmetric n*n, R:symmetric n*n, A:n*n, x:n, y:n"
DEFINITE = "P:positive definite n*n, V:positive definite m*m, A:m*n, b:m, c:n, lambda>0"
ORTHOGONAL = "Q:orthogonal n*n, U:orthogonal n*n, A:n*n, x:n, X:m*n, D:diagonal n*n"
DIAGONAL = "D:diagonal n*n, E:diagonal n*n, A:n*n, x:n"
WOODBURY = "A:positive definite n*n, U:n*k, C:positive definite k*k, V:k*n, u:n, v:n"
NOISE = "X:m*n, y:m, w:n, sigma>0"
BLOCKS = "A:m*n, B:m*n, C:k*n, D:n*p, E:n*p, b:m, c:k, x:n"

_EQUAL: dict[tuple[str, str], list[tuple[str, str]]] = {
    ("pseudo-inverse", TIKHONOV): [
        ("inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)", "pinv([W1 A; W2]) [W1 b; W2 c]"),
        ("inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)", "lstsq([W2; W1 A], [W2 c; W1 b])"),
    ],
    ("pseudo-inverse", RIDGE): [
        ("inv(X^T X + lambda I) X^T y", "pinv([X; sqrt(lambda) I]) [y; 0]"),
        ("inv(X^T X + lambda I) X^T y", "pinv(X^T X + lambda I) X^T y"),
        ("inv(X^T X) X^T y", "pinv(X) y"),
        ("X^T inv(X X^T) y", "X^+ y"),
    ],
    ("push-through", RIDGE): [
        ("inv(X^T X + lambda I) X^T", "X^T inv(X X^T + lambda I)"),
        ("inv(X^T X + lambda I) X^T y", "X^T inv(X X^T + lambda I) y"),
        ("X inv(X^T X + lambda I) X^T", "X X^T inv(X X^T + lambda I)"),
        ("X inv(X^T X + lambda I) X^T", "I - lambda inv(X X^T + lambda I)"),
        ("inv(X^T X + lambda I)", "(I - X^T inv(X X^T + lambda I) X)/lambda"),
        ("inv(X^T X/lambda + I) X^T/lambda", "X^T inv(X X^T + lambda I)"),
        ("y - X inv(X^T X + lambda I) X^T y", "lambda inv(X X^T + lambda I) y"),
        ("(X^T X + lambda I)^-1 X^T y", "solve(X^T X + lambda I, X^T y)"),
    ],
    ("ridge objective", RIDGE): [
        ("norm(X w - y)^2 + lambda norm(w)^2", "w^T (X^T X + lambda I) w - 2 y^T X w + y^T y"),
        ("norm(X w - y)^2 + lambda norm(w)^2", "norm([X; sqrt(lambda) I] w - [y; 0])^2"),
        ("norm(X w - y)^2", "(y - X w)^T (y - X w)"),
        ("2 X^T (X w - y) + 2 lambda w", "2 (X^T X + lambda I) w - 2 X^T y"),
        ("w^T X^T y", "y^T X w"),
        ("norm(X w - y)^2 + lambda norm(w)^2", "trace((X w - y)(X w - y)^T) + lambda trace(w w^T)"),
    ],
    ("tikhonov", TIKHONOV): [
        (
            "inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)",
            "c + inv(A^T W1^T W1 A + W2^T W2) A^T W1^T W1 (b - A c)",
        ),
        (
            "inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)",
            "inv([W1 A; W2]^T [W1 A; W2]) [W1 A; W2]^T [W1 b; W2 c]",
        ),
        (
            "inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)",
            "inv([W2; W1 A]^T [W2; W1 A]) [W2; W1 A]^T [W2 c; W1 b]",
        ),
        (
            "inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)",
            "inv([-W1 A; -W2]^T [-W1 A; -W2]) [-W1 A; -W2]^T [-W1 b; -W2 c]",
        ),
        ("2 A^T W1^T W1 (A x - b) + 2 W2^T W2 (x - c)", "2 (W1 A)^T (W1 A x - W1 b) + 2 W2^T (W2 x - W2 c)"),
        ("norm(W1 (A x - b))^2 + norm(W2 (x - c))^2", "norm([W1 A; W2] x - [W1 b; W2 c])^2"),
        ("[W1 A; W2]^T [W1 A; W2]", "A^T W1^T W1 A + W2^T W2"),
        ("[W1 A; W2]^T [W1 b; W2 c]", "A^T W1^T W1 b + W2^T W2 c"),
        ("(A x - b)^T W1^T W1 (A x - b)", "norm(W1 A x - W1 b)^2"),
    ],
    ("tikhonov kernel form", DEFINITE): [
        ("inv(A^T V A + P) (A^T V b + P c)", "c + inv(A^T V A + P) A^T V (b - A c)"),
        ("inv(A^T V A + P) (A^T V b + P c)", "c + inv(P) A^T inv(A inv(P) A^T + inv(V)) (b - A c)"),
        ("inv(A^T V A + P)", "inv(P) - inv(P) A^T inv(inv(V) + A inv(P) A^T) A inv(P)"),
        ("P^T", "P"),
        ("inv(P)^T", "inv(P)"),
        ("V^-1 V", "I"),
        ("P^(1/2) P^(1/2)", "P"),
        ("P^(-1/2) P P^(-1/2)", "I"),
        ("det(P)^-1", "det(inv(P))"),
        ("det(P + A^T V A)", "det(P) det(V) det(inv(V) + A inv(P) A^T)"),
    ],
    ("woodbury", WOODBURY): [
        ("inv(A + U C U^T)", "inv(A) - inv(A) U inv(inv(C) + U^T inv(A) U) U^T inv(A)"),
        ("inv(A + U C V)", "inv(A) - inv(A) U inv(inv(C) + V inv(A) U) V inv(A)"),
        ("inv(A + U V)", "inv(A) - inv(A) U inv(I + V inv(A) U) V inv(A)"),
        ("inv(A + u u^T)", "inv(A) - inv(A) u u^T inv(A)/(1 + u^T inv(A) u)"),
        ("inv(I + u v^T)", "I - u v^T/(1 + v^T u)"),
        ("inv(A + u v^T) u", "inv(A) u/(1 + v^T inv(A) u)"),
        ("inv(I + U V)", "I - U inv(I + V U) V"),
    ],
    ("sylvester", WOODBURY): [
        ("det(I + U V)", "det(I + V U)"),
        ("det(A + u v^T)", "det(A) (1 + v^T inv(A) u)"),
        ("det(A + U C V)", "det(A) det(C) det(inv(C) + V inv(A) U)"),
        ("det(I + u v^T)", "1 + v^T u"),
        ("det(I - U V)", "det(I - V U)"),
    ],
    ("trace", SQUARE): [
        ("trace(A B)", "trace(B A)"),
        ("trace(A B C)", "trace(C A B)"),
        ("trace(A B C)", "trace(B C A)"),
        ("trace(A^T B)", "trace(B^T A)"),
        ("trace(A^T B)", "trace(A B^T)"),
        ("trace(x y^T)", "y^T x"),
        ("trace(A + B)", "trace(A) + trace(B)"),
        ("x^T A x", "trace(A x x^T)"),
        ("x^T A x", "x^T A^T x"),
        ("x^T A x", "x^T ((A + A^T)/2) x"),
        ("trace(A B A^-1)", "trace(B)"),
        ("trace(A^T A)", "norm(A)^2"),
        ("trace((A + B)^T (A + B))", "trace(A^T A) + 2 trace(A^T B) + trace(B^T B)"),
    ],
    ("inverse and determinant", SQUARE): [
        ("inv(A B)", "inv(B) inv(A)"),
        ("inv(A)^T", "inv(A^T)"),
        ("(A B)^T", "B^T A^T"),
        ("(A B C)^T", "C^T B^T A^T"),
        ("det(A B)", "det(A) det(B)"),
        ("det(A^T)", "det(A)"),
        ("det(A B A^-1)", "det(B)"),
        ("(A + B)^2", "A^2 + A B + B A + B^2"),
        ("(A + B)(A - B)", "A^2 - A B + B A - B^2"),
        ("inv(A) + inv(B)", "inv(A) (A + B) inv(B)"),
        ("inv(A) - inv(B)", "inv(A) (B - A) inv(B)"),
        ("inv(I + A)", "I - A inv(I + A)"),
        ("A inv(I + A)", "inv(I + A) A"),
        ("A inv(I + B A)", "inv(I + A B) A"),
        ("A^3", "A A A"),
        ("A^-2", "inv(A) inv(A)"),
        ("inv(inv(A) + inv(B))", "A inv(A + B) B"),
        ("inv(inv(A) + inv(B))", "B inv(A + B) A"),
    ],
    ("vectors", SQUARE): [
        ("x^T y", "y^T x"),
        ("norm(x - y)^2", "norm(x)^2 - 2 x^T y + norm(y)^2"),
        ("x x^T y", "x (y^T x)"),
        ("x^T y x", "x x^T y"),
        ("(x + y)^T (x - y)", "x^T x - y^T y"),
        ("norm(A x)^2", "x^T A^T A x"),
        ("norm(x + y)^2 + norm(x - y)^2", "2 norm(x)^2 + 2 norm(y)^2"),
        ("norm(x) norm(x)", "x^T x"),
        ("norm(3 x)", "3 norm(x)"),
    ],
    ("symmetric", SYMMETRIC): [
        ("S^T", "S"),
        ("x^T S y", "y^T S x"),
        ("(S R)^T", "R S"),
        ("inv(S)^T", "inv(S)"),
        ("A^T S A", "(A^T S A)^T"),
        ("2 S x", "S x + S^T x"),
        ("trace(S A)", "trace(S A^T)"),
        ("trace(S A)", "trace(S (A + A^T)/2)"),
    ],
    ("orthogonal", ORTHOGONAL): [
        ("Q^T Q", "I"),
        ("Q Q^T", "I"),
        ("inv(Q)", "Q^T"),
        ("norm(Q x)^2", "norm(x)^2"),
        ("norm(Q x)", "norm(x)"),
        ("trace(Q A Q^T)", "trace(A)"),
        ("det(Q)^2", "1"),
        ("inv(Q A U)", "U^T inv(A) Q^T"),
        ("norm(X Q)^2", "norm(X)^2"),
        ("inv(Q D^2 Q^T + 2 I)", "Q inv(D^2 + 2 I) Q^T"),
        ("(Q D U^T)^T (Q D U^T)", "U D^2 U^T"),
    ],
    ("diagonal", DIAGONAL): [
        ("D E", "E D"),
        ("D^T", "D"),
        ("x^T D E x", "x^T E D x"),
        ("inv(D E)", "inv(D) inv(E)"),
        ("D^2 E", "D E D"),
    ],
    ("noise", NOISE): [
        ("inv(X^T X + m sigma^2 I) X^T y", "inv(X^T X/m + sigma^2 I) X^T y/m"),
        ("inv(X^T X + m sigma^2 I) X^T y", "X^T inv(X X^T + m sigma^2 I) y"),
        ("norm(X w - y)^2 + m sigma^2 norm(w)^2", "w^T (X^T X + m sigma^2 I) w - 2 y^T X w + y^T y"),
        ("norm(X w - y)^2/m + sigma^2 norm(w)^2", "(norm(X w - y)^2 + m sigma^2 w^T w)/m"),
        ("X X^T + sigma^2 I", "X X^T + sigma I sigma"),
    ],
    ("least squares", "X:n*d, y:n, w:d"): [
        ("X inv(X^T X) X^T X", "X"),
        ("X inv(X^T X) X^T X inv(X^T X) X^T", "X inv(X^T X) X^T"),
        ("X^T (y - X inv(X^T X) X^T y)", "0"),
        ("trace(X inv(X^T X) X^T)", "d"),
        ("inv(X^T X) X^T (X w)", "w"),
        ("norm(y - X inv(X^T X) X^T y)^2", "y^T y - y^T X inv(X^T X) X^T y"),
    ],
    ("blocks", BLOCKS): [
        ("[A; C] x", "[A x; C x]"),
        ("[A; C]^T [b; c]", "A^T b + C^T c"),
        ("[A; C] [D, E]", "[A D, A E; C D, C E]"),
        ("[A; C]^T", "[A^T, C^T]"),
        ("norm([A; C] x)^2", "norm(A x)^2 + norm(C x)^2"),
        ("[A; A] x - [b; b]", "[A x - b; A x - b]"),
        ("[A, B] [A, B]^T", "A A^T + B B^T"),
    ],
    ("block inverses", "A:n*n, B:n*m, D:m*m, a, b, c, d"): [
        ("inv([A, 0; 0, D])", "[inv(A), 0; 0, inv(D)]"),
        ("inv([A, B; 0, D])", "[inv(A), -inv(A) B inv(D); 0, inv(D)]"),
        ("det([A, B; 0, D])", "det(A) det(D)"),
        ("[A, B; B^T, D] [A, B; B^T, D]", "[A^2 + B B^T, A B + B D; B^T A + D B^T, B^T B + D^2]"),
        ("inv([[a, b], [c, d]])", "[[d, -b], [-c, a]]/(a d - b c)"),
        ("det([[a, b], [c, d]])", "a d - b c"),
    ],
    ("schur", "A:positive definite n*n, B:n*m, D:positive definite m*m"): [
        ("det([A, B; B^T, D])", "det(A) det(D - B^T inv(A) B)"),
        ("det([A, B; B^T, D])", "det(D) det(A - B inv(D) B^T)"),
        ("inv(A - B inv(D) B^T)", "inv(A) + inv(A) B inv(D - B^T inv(A) B) B^T inv(A)"),
    ],
}

_DIFFERENT: dict[tuple[str, str], list[tuple[str, str]]] = {
    ("pseudo-inverse", RIDGE): [
        ("inv(X^T X + lambda I) X^T y", "pinv(X) y"),
        ("inv(X^T X + lambda I) X^T y", "pinv([X; lambda I]) [y; 0]"),
        ("inv(X^T X + lambda I) X^T y", "pinv([X; sqrt(lambda) I]) [y; w]"),
    ],
    ("ridge", RIDGE): [
        ("inv(X^T X + lambda I) X^T y", "inv(X^T X + sqrt(lambda) I) X^T y"),
        ("inv(X^T X + lambda I) X^T y", "inv(X^T X + lambda^2 I) X^T y"),
        ("inv(X^T X + lambda I) X^T y", "inv(X^T X) X^T y"),
        ("inv(X^T X + lambda I) X^T y", "inv(X^T X + n lambda I) X^T y"),
        ("inv(X^T X + lambda I) X^T y", "inv(X^T X + I) X^T y"),
        ("inv(X^T X + lambda I) X^T y", "X^T inv(X X^T + lambda I) y/lambda"),
        ("inv(X^T X + lambda I) X^T y", "X^T inv(X X^T) y"),
        ("X X^T + lambda I", "X X^T + I"),
        ("X X^T + lambda I", "X X^T + sqrt(lambda) I"),
        ("2 X^T (X w - y) + 2 lambda w", "2 X^T (X w - y) + lambda w"),
        ("norm(X w - y)^2 + lambda norm(w)^2", "norm(X w - y)^2 + lambda^2 norm(w)^2"),
        ("norm(X w - y)^2 + lambda norm(w)^2", "norm(X w - y)^2 + lambda norm(w)"),
        ("norm(X w - y)^2", "norm(X w)^2 - norm(y)^2"),
        ("norm(X w - y)^2", "norm(X w)^2 + norm(y)^2"),
        ("norm(X w - y)^2", "w^T X^T X w - y^T X w + y^T y"),
        ("norm(X w - y)", "norm(X w) - norm(y)"),
        ("X inv(X^T X + lambda I) X^T", "I"),
        ("X^T", "lambda X^T"),
    ],
    ("tikhonov", TIKHONOV): [
        (
            "inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)",
            "inv(A^T W1^T W1 A + W2^T W2) A^T W1^T W1 b",
        ),
        (
            "inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)",
            "inv(A^T A + W2^T W2) (A^T b + W2^T W2 c)",
        ),
        (
            "inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)",
            "inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b - W2^T W2 c)",
        ),
        (
            "inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)",
            "inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + c)",
        ),
        (
            "inv(A^T W1^T W1 A + W2^T W2) (A^T W1^T W1 b + W2^T W2 c)",
            "inv(A^T W1^T W1 A) A^T W1^T W1 b + c",
        ),
        ("2 A^T W1^T W1 (A x - b) + 2 W2^T W2 (x - c)", "2 A^T W1^T W1 (A x - b) + 2 (x - c)"),
        ("2 A^T W1^T W1 (A x - b) + 2 W2^T W2 (x - c)", "2 A^T (A x - b) + 2 W2^T W2 (x - c)"),
        ("2 A^T W1^T W1 (A x - b) + 2 W2^T W2 (x - c)", "2 A^T W1^T W1 (A x - b) + 2 W2^T W2 (x + c)"),
        ("[W1 A; W2]", "[W1 A; -W2]"),
        ("[W1 b; W2 c]", "[W1 b; 0]"),
        ("[W1 A; W2]^T [W1 A; W2]", "A^T W1^T W1 A - W2^T W2"),
        ("[W1 A; W2]^T [W1 b; W2 c]", "A^T W1^T W1 b"),
    ],
    ("order of a product", SQUARE): [
        ("A B", "B A"),
        ("A B C", "A C B"),
        ("(A B)^T", "A^T B^T"),
        ("inv(A B)", "inv(A) inv(B)"),
        ("(A + B)^2", "A^2 + 2 A B + B^2"),
        ("(A + B)(A - B)", "A^2 - B^2"),
        ("(A B)^2", "A^2 B^2"),
        ("trace(A B C)", "trace(A C B)"),
        ("trace(A B)", "trace(A) trace(B)"),
        ("A B A^-1", "B"),
        ("A inv(B)", "inv(B) A"),
        ("A inv(I + A B)", "inv(I + A B) A"),
        ("inv(inv(A) + inv(B))", "A B inv(A + B)"),
        ("x^T A B y", "x^T B A y"),
        ("x y^T", "y x^T"),
        ("det(A + B)", "det(A) + det(B)"),
        ("det(2 A)", "2 det(A)"),
        ("det(2 A)", "4 det(A)"),
        ("inv(A + B)", "inv(A) + inv(B)"),
        ("A B - B A", "0"),
    ],
    ("a transpose", SQUARE): [
        ("A^T A", "A A^T"),
        ("A^T A x", "A A^T x"),
        ("A^T", "A"),
        ("x^T A y", "y^T A x"),
        ("(A + A^T) x", "2 A x"),
        ("(A + A^T) x", "2 A^T x"),
        ("trace(A^T B)", "trace(A B)"),
        ("inv(A)^T", "inv(A)"),
        ("A^T B + B^T A", "2 A^T B"),
        ("norm(A x)^2", "x^T A A^T x"),
    ],
    ("only for 1×1 or 2×2", SQUARE): [
        ("det(A)", "trace(A)"),
        ("det(A)", "(trace(A)^2 - trace(A^2))/2"),
        ("A^2 - trace(A) A + det(A) I", "0"),
        ("inv(A)", "(trace(A) I - A)/det(A)"),
        ("trace(I)", "2"),
        ("trace(I)", "3"),
        ("trace(A) I", "A"),
        ("x x^T", "x^T x I"),
        ("A (x^T x)", "A x x^T"),
        ("(A B - B A)^2 C", "C (A B - B A)^2"),
    ],
    ("only for symmetric", SYMMETRIC): [
        ("(S R)^T", "S R"),
        ("S R", "R S"),
        ("x^T S A x", "x^T A S x"),
        ("A^T S", "S A"),
        ("inv(S + R)", "inv(S) + inv(R)"),
        ("(S + R)^2", "S^2 + 2 S R + R^2"),
    ],
    ("only for commuting", DIAGONAL): [
        ("D A", "A D"),
        ("D A D", "D^2 A"),
        ("x^T D A x", "x^T D A^T x + 0"),
        ("A D E", "D A E"),
    ],
    ("only for orthogonal", SQUARE): [
        ("A^T A", "I"),
        ("inv(A)", "A^T"),
        ("norm(A x)^2", "norm(x)^2"),
        ("det(A)^2", "1"),
        ("trace(A B A^T)", "trace(B)"),
    ],
    ("not even for orthogonal", ORTHOGONAL): [
        ("det(Q)", "1"),
        ("Q U", "U Q"),
        ("Q^T A Q", "A"),
        ("norm(X Q^T)^2", "norm(X)^2 + 1"),
        ("Q^2", "I"),
    ],
    ("woodbury", WOODBURY): [
        ("inv(A + U C U^T)", "inv(A) + inv(A) U inv(inv(C) + U^T inv(A) U) U^T inv(A)"),
        ("inv(A + U C U^T)", "inv(A) - inv(A) U inv(C + U^T inv(A) U) U^T inv(A)"),
        ("inv(A + U C U^T)", "inv(A) - inv(A) U inv(inv(C) + U^T U) U^T inv(A)"),
        ("inv(A + u u^T)", "inv(A) - inv(A) u u^T inv(A)/(1 - u^T inv(A) u)"),
        ("inv(I + u v^T)", "I - u v^T/(1 + u^T u)"),
        ("inv(I + u v^T)", "I - v u^T/(1 + v^T u)"),
        ("det(I + U V)", "1 + det(V U)"),
        ("det(A + u v^T)", "det(A) + v^T u"),
        ("det(I + u v^T)", "v^T u"),
    ],
    ("noise", NOISE): [
        ("inv(X^T X + m sigma^2 I) X^T y", "inv(X^T X + sigma^2 I) X^T y"),
        ("inv(X^T X + m sigma^2 I) X^T y", "inv(X^T X + n sigma^2 I) X^T y"),
        ("inv(X^T X + m sigma^2 I) X^T y", "inv(X^T X + m sigma I) X^T y"),
        ("inv(X^T X + m sigma^2 I) X^T y", "m inv(X^T X + m sigma^2 I) X^T y"),
        ("norm(X w - y)^2 + m sigma^2 norm(w)^2", "norm(X w - y)^2 + sigma^2 norm(w)^2"),
        ("norm(X w - y)^2 + m sigma^2 norm(w)^2", "norm(X w - y)^2 + n sigma^2 norm(w)^2"),
        ("norm(X w - y)^2 + m sigma^2 norm(w)^2", "norm(X w - y)^2 + m sigma^2 norm(w)^2 + sigma w^T X^T y"),
    ],
    ("least squares", "X:n*d, y:n, w:d"): [
        ("X inv(X^T X) X^T", "I"),
        ("trace(X inv(X^T X) X^T)", "n"),
        ("inv(X^T X) X^T y", "X^T inv(X X^T) y"),
        ("y^T X inv(X^T X) X^T y", "y^T y"),
    ],
    ("blocks", BLOCKS): [
        ("[A; A] x", "[A x; -A x]"),
        ("[A; C]^T [b; c]", "A^T b - C^T c"),
        ("[A, B]", "[B, A]"),
        ("norm([A; C] x)^2", "norm((A^T A + C^T C) x)^2"),
    ],
    ("block inverses", "A:n*n, B:n*m, D:m*m, a, b, c, d"): [
        ("inv([A, B; 0, D])", "[inv(A), -B; 0, inv(D)]"),
        ("inv([A, B; 0, D])", "[inv(A), 0; 0, inv(D)]"),
        ("inv([[a, b], [c, d]])", "[[d, b], [c, a]]/(a d - b c)"),
        ("det([[a, b], [c, d]])", "a d + b c"),
    ],
    ("schur", "A:positive definite n*n, B:n*m, D:positive definite m*m"): [
        ("det([A, B; B^T, D])", "det(A) det(D) - det(B^T inv(A) B)"),
        ("det([A, B; B^T, D])", "det(A) det(D)"),
    ],
}

PAIRS: tuple[Pair, ...] = tuple(
    Pair(family, symbols, expected, given, equal)
    for table, equal in ((_EQUAL, True), (_DIFFERENT, False))
    for (family, symbols), rows in table.items()
    for expected, given in rows
)
