package dev.countersign.crypto;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.NamedParameterSpec;

/**
 * Static helper: checks that the point of a public key is on its curve and generates a large group. Java checks neither when it
 * makes a key. With a point of small order, signatures hold for other messages too.
 */
public final class CurvePoints {

    /** The prime of P-256. */
    private static final BigInteger P256 =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    /** The prime of Ed25519. */
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /** The constant of Ed25519: -121665/121666. */
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);

    /** The cofactor of Ed25519 is 8, three doublings. */
    private static final int COFACTOR_DOUBLINGS = 3;

    private CurvePoints() {}

    /** Whether a key is on P-256. Its cofactor is 1, so every point but infinity generates the whole group. */
    public static boolean isOnP256(ECPublicKey key) {
        ECParameterSpec curve = key.getParams();
        if (!(curve.getCurve().getField() instanceof ECFieldFp field)
                || !field.getP().equals(P256)) {
            return false;
        }
        ECPoint point = key.getW();
        if (point.equals(ECPoint.POINT_INFINITY)
                || !isReduced(point.getAffineX(), P256)
                || !isReduced(point.getAffineY(), P256)) {
            return false;
        }
        BigInteger x = point.getAffineX();
        BigInteger right = x.pow(3)
                .add(curve.getCurve().getA().multiply(x))
                .add(curve.getCurve().getB());
        return point.getAffineY().pow(2).subtract(right).mod(P256).signum() == 0;
    }

    /** Whether a key is on Ed25519, is written in the one right form, and does not have a small order. */
    public static boolean isUsableEd25519(EdECPublicKey key) {
        BigInteger y = key.getPoint().getY();
        if (!key.getParams().getName().equals(NamedParameterSpec.ED25519.getName()) || !isReduced(y, P)) {
            return false;
        }
        BigInteger squareY = y.multiply(y).mod(P);
        BigInteger denominator = D.multiply(squareY).add(BigInteger.ONE).mod(P);
        BigInteger squareX = squareY.subtract(BigInteger.ONE)
                .multiply(denominator.modInverse(P))
                .mod(P);
        boolean isOnCurve =
                squareX.signum() == 0 || squareX.modPow(P.shiftRight(1), P).equals(BigInteger.ONE);
        return isOnCurve && !hasSmallOrder(squareX, squareY);
    }

    /** Whether eight times the point is the neutral element, computed on squares, since signs do not matter. */
    private static boolean hasSmallOrder(BigInteger squareX, BigInteger squareY) {
        BigInteger x = squareX;
        BigInteger y = squareY;
        for (int i = 0; i < COFACTOR_DOUBLINGS; i++) {
            if (x.signum() == 0) {
                return true; // (0, 1) and (0, -1)
            }
            // x' = 2xy / (1 + dxxyy), y' = (yy + xx) / (1 - dxxyy)
            BigInteger product = D.multiply(x).multiply(y).mod(P);
            BigInteger below = BigInteger.ONE.add(product).modInverse(P);
            BigInteger belowY = BigInteger.ONE.subtract(product).mod(P).modInverse(P);
            BigInteger nextX =
                    x.multiply(y).shiftLeft(2).multiply(below.multiply(below)).mod(P);
            BigInteger sum = x.add(y).multiply(belowY);
            x = nextX;
            y = sum.multiply(sum).mod(P);
        }
        return x.signum() == 0;
    }

    private static boolean isReduced(BigInteger coordinate, BigInteger prime) {
        return coordinate.signum() >= 0 && coordinate.compareTo(prime) < 0;
    }
}
